using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Reads what a measurement, or a row that was one, says of its messages. What cannot be read for certain is a flaw: it would mean more
/// messages than were counted.
/// </summary>
internal static class MeasureReader
{
    private static readonly string[] _needed =
        [nameof(ImapMeasure.By), nameof(ImapMeasure.Values), nameof(ImapMeasure.Folder), nameof(ImapMeasure.Criteria)];

    public static FolderPath Read(object input)
    {
        if (Wrapped.Unwrap(input) is ImapMeasure live) return Of(live, SessionOf(live.SessionId));
        if (Array.Find(_needed, property => !PropertyReader.Has(input, property)) is { } missing)
        {
            return new FolderPath(ItemKind.Measure, input) { Flaw = new RowFlaw(missing, RowFlaw.Missing) };
        }

        var row = new RowReader(input);
        SessionReference? session = row.Session();
        string[]? by = Texts(input, nameof(ImapMeasure.By), text => [.. text.Split(',').Select(name => name.Trim())]);
        string[]? values = Texts(input, nameof(ImapMeasure.Values), text => by is { Length: 1 } ? [text] : text.Length == 0 ? [] : null);
        string[]? folders = Texts(input, nameof(ImapMeasure.Folder),
            text => text.IndexOf(", ", StringComparison.Ordinal) < 0 ? [text] : null);
        RowFlaw? flaw = row.Flaw
            ?? (by is null || !by.All(IsGrouping) ? Flaw(nameof(ImapMeasure.By))
            : values is null || values.Length != by.Length ? Flaw(nameof(ImapMeasure.Values))
            : folders is null ? Flaw(nameof(ImapMeasure.Folder))
            : Texts(input, nameof(ImapMeasure.Criteria), text => [text]) is not { Length: 0 } ? Flaw(nameof(ImapMeasure.Criteria))
            : null);
        if (flaw is not null) return new FolderPath(ItemKind.Measure, input) { Flaw = flaw };

        return Of(
            new ImapMeasure
            {
                By = ImapList<string>.Of(by!),
                Values = ImapList<string>.Of(values!),
                Folder = ImapList<string>.Of(folders!),
            },
            session);

        RowFlaw Flaw(string property) => new(property, $"'{DisplayText.Printable(PropertyReader.ReadText(input, property))}'");
    }

    private static FolderPath Of(ImapMeasure measure, SessionReference? session) =>
        new(string.Empty, sessionId: null, uidValidity: null) { Measure = measure, Session = session };

    /// <summary>By its name: a number would be taken for what no message is grouped by.</summary>
    private static bool IsGrouping(string name) => name.All(char.IsLetter) && Enum.TryParse(name, ignoreCase: true, out ImapGrouping _);

    private static SessionReference? SessionOf(int? id) => id is { } known ? new SessionReference(known) : null;

    /// <summary>A list of texts. A CSV file has one text of them: of some lists nobody knows what was in them.</summary>
    private static string[]? Texts(object input, string property, Func<string, string[]?> ofText) =>
        PropertyReader.Raw(input, property) switch
        {
            null => [],
            var raw when Wrapped.Unwrap(raw) is string text =>
                text.Length == 0 && property != nameof(ImapMeasure.Values) ? [] : ofText(text),
            var raw when Wrapped.Unwrap(raw) is IEnumerable list =>
                [.. list.Cast<object?>().Select(item => LanguagePrimitives.ConvertTo<string>(item))],
            var raw => ofText(LanguagePrimitives.ConvertTo<string>(raw)),
        };
}
