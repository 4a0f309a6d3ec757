using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>
/// The twin of the tables of cuts: the connection is cut at each command, and the server refuses the login that follows, for the moment or
/// for good.
/// </summary>
public sealed class ReloginTests : ChangeOutcomeTest
{
    private static readonly string[] _changing = ["UID MOVE", "MOVE", "UID COPY", "COPY", "UID STORE", "UID EXPUNGE", "APPEND"];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string operation in Operations.Keys)
        {
            cases.Add(operation, "ServerBusy");
            if (Everywhere || operation is "move" or "remove") cases.Add(operation, "AuthenticationFailed");
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Nothing_is_lost_or_doubled_without_being_told(string name, string id)
    {
        string answer = id == "ServerBusy" ? "NO [UNAVAILABLE] The user database is down" : "NO [AUTHENTICATIONFAILED] Changed";
        Operation operation = Operations[name];
        foreach (bool there in operation.Script.Contains("$other", StringComparison.Ordinal) ? new[] { false, true } : [false])
        {
            IReadOnlyList<string> commands = Learn(operation, there);
            for (int i = 0; i < commands.Count; i++)
            {
                if (!Everywhere && !_changing.Contains(commands[i])) continue;

                foreach ((string when, ScriptedReply cut) in new[]
                {
                    ("before", ScriptedReply.Cut),
                    ("after", ScriptedReply.After(ScriptedReply.Cut)),
                })
                {
                    int number = i;
                    EngineResult result = Run(operation, (here, target) =>
                    {
                        ScriptedServer cutting = there ? target : here;
                        At(cutting, number, cut);
                        cutting.On("LOGIN", answer);
                    }, $"{commands[i]} ({i + 1}) {when}{(there ? " there" : "")}");
                    Assert.Contains(id, result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
                }
            }
        }
    }
}
