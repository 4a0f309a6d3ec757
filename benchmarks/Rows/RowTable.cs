using System.Collections.Generic;

namespace ImapPS.Benchmarks.Rows;

/// <summary>All rows, in the order of the page.</summary>
internal static class RowTable
{
    private const int Listed = 1_500;
    private const int Small = 4_096;
    private const int Large = 1_048_576;

    private static readonly Goal _asMailKit = new("not above MailKit", GoalKind.TimesMailKit, 1.0);
    private static readonly Goal _nearMailKit = new("1.1 × MailKit", GoalKind.TimesMailKit, 1.1);
    private static readonly Goal _measured = new("1.2 × MailKit", GoalKind.TimesMailKit, 1.2);
    private static readonly Goal _closeToMailKit = new("1.05 × MailKit", GoalKind.TimesMailKit, 1.05);
    private static readonly Goal _fastest = new("fastest of all", GoalKind.FastestOfAll, 0);
    private static readonly Goal _aboveShell = new("bare pwsh + 0.3 s", GoalKind.SecondsAboveShell, 0.3);

    public static IReadOnlyList<Row> All { get; } =
    [
        new("oneliner", "one-liner, cold process", Work.OneLiner, 2_000, Listed, 0, _aboveShell),
        new("list", "list 100,000", Work.List, 100_000, Listed, 0, _asMailKit),
        new("read", "list 100,000, read sender, subject and date of each", Work.Read, 100_000, Listed, 0, null),
        new("measure", "count 100,000 by sender", Work.Measure, 100_000, Listed, 0, _measured),
        new("save", "save 10,000 × 4 KB as files", Work.Save, 10_000, Small, 0, _closeToMailKit),
        new("save-large", "save 300 × 1 MB as files", Work.Save, 300, Large, 0, _nearMailKit),
        new("import", "import 10,000 × 4 KB", Work.Import, 10_000, Small, 0, _nearMailKit),
        new("move", "find by wildcard and move 10,000 of 20,000", Work.Move, 20_000, Listed, 0, _nearMailKit) { IsByWildcard = true },
        new("flag", "find by wildcard and flag 10,000 of 20,000", Work.Flag, 20_000, Listed, 0, _nearMailKit) { IsByWildcard = true },
        new("list-20", "list 50,000 at 20 ms", Work.List, 50_000, Listed, 20, _fastest),
        new("move-20", "find and move 5,000 of 10,000 at 20 ms", Work.Move, 10_000, Listed, 20, OneRoundTripMore(20)),
        new("save-20", "save 5,000 × 4 KB as files at 20 ms", Work.Save, 5_000, Small, 20, null),
        new("list-80", "list 10,000 at 80 ms", Work.List, 10_000, Listed, 80, null),
        new("move-80", "find and move 500 of 1,000 at 80 ms", Work.Move, 1_000, Listed, 80, null),
        new("save-80", "save 1,000 × 4 KB as files at 80 ms", Work.Save, 1_000, Small, 80, null),
    ];

    private static Goal OneRoundTripMore(int milliseconds) =>
        new("fastest of all but for one round trip", GoalKind.FastestOfAll, milliseconds / 1000.0);
}
