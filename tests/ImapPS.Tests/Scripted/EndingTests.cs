using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>
/// Commands that change something and end as they should not: with BYE, with NO though something was done, with OK though nothing was.
/// </summary>
public sealed class EndingTests : ChangeOutcomeTest
{
    private static readonly string[] _changing = ["UID MOVE", "MOVE", "UID COPY", "COPY", "UID STORE", "UID EXPUNGE", "APPEND"];

    /// <summary>RFC 9051 and RFC 3502 have COPY and APPEND do all or nothing: these say NO only when nothing was done.</summary>
    private static readonly string[] _mayDoSome = ["UID MOVE", "MOVE", "UID STORE", "UID EXPUNGE"];

    private static readonly IReadOnlyDictionary<string, ScriptedReply> _endings =
        new Dictionary<string, ScriptedReply>(StringComparer.Ordinal)
        {
            ["BYE"] = ScriptedReply.Bye("Shutting down"),
            ["BYE, done"] = ScriptedReply.After(ScriptedReply.Bye("Shutting down")),
            ["BYE, busy, done"] = ScriptedReply.After(ScriptedReply.Bye("[UNAVAILABLE] Too many connections")),
            ["NO"] = "NO Not today",
            ["NO, busy"] = "NO [LIMIT] Too much at once",
            ["NO, done"] = ScriptedReply.After("NO Something went wrong"),
            ["NO, busy, done"] = ScriptedReply.After("NO [LIMIT] Too much at once"),
            ["OK, nothing done"] = "OK done",
            ["OK, done, in no place"] = ScriptedReply.After(ScriptedReply.Lines(InPlace("0", "0"))),
            ["OK, done, others too"] = ScriptedReply.After(ScriptedReply.Lines(InPlace("1:9", "1:9"))),
        };

    private static Func<ScriptedCommand, string> InPlace(string from, string to) => command => command.Verb switch
    {
        "APPEND" => $"OK [APPENDUID 1 {to}] done",
        "UID MOVE" or "UID COPY" => $"OK [COPYUID 1 {from} {to}] done",
        _ => "OK done",
    };

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string operation in Operations.Keys)
        {
            foreach (string ending in _endings.Keys) cases.Add(operation, ending);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_told_is_what_is(string name, string ending)
    {
        Operation operation = Operations[name];
        foreach (bool there in operation.Script.Contains("$other", StringComparison.Ordinal) ? new[] { false, true } : [false])
        {
            IReadOnlyList<string> commands = Learn(operation, there);
            foreach (string verb in commands.Where(_changing.Contains).Distinct())
            {
                if (ending.StartsWith("NO", StringComparison.Ordinal) && ending.EndsWith("done", StringComparison.Ordinal)
                    && !_mayDoSome.Contains(verb)) continue;
                if (ending.StartsWith("OK", StringComparison.Ordinal) && verb is "UID STORE") continue;

                // Once, and to the end.
                foreach (int times in new[] { 1, int.MaxValue })
                {
                    Run(operation, (here, target) => (there ? target : here).On(verb, _endings[ending], times),
                        $"{verb}: {ending}, {times} times{(there ? ", there" : "")}");
                }
            }
        }
    }
}
