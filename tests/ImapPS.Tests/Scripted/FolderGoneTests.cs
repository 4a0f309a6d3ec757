using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>A folder that another client removes or rebuilds in the midst of a change: what was under way is told all the same.</summary>
public sealed class FolderGoneTests : ChangeOutcomeTest
{
    private static readonly string[] _changing = ["UID MOVE", "MOVE", "UID COPY", "COPY", "UID STORE", "UID EXPUNGE", "EXPUNGE", "APPEND"];

    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string operation in Operations.Keys)
        {
            foreach (string ending in new[] { "done, cut", "cut", "done, NO", "NO" }) cases.Add(operation, ending);
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
            foreach (string verb in Learn(operation, there).Where(_changing.Contains).Distinct())
            {
                // RFC 9051 and RFC 3502 have COPY and APPEND do all or nothing.
                if (ending == "done, NO" && (verb == "APPEND" || verb.EndsWith("COPY", StringComparison.Ordinal))) continue;

                foreach (string happening in new[] { "From is gone", "From is rebuilt", "To is gone", "To is rebuilt" })
                {
                    ScriptedFolder? folder = null;
                    string path = "";
                    Run(
                        operation,
                        (here, target) =>
                        {
                            ScriptedServer server = happening.StartsWith("From", StringComparison.Ordinal) ? here : target;
                            folder = server.Mailbox.Folders.Last(one => one.Path.StartsWith(happening.Split(' ')[0],
                                StringComparison.Ordinal));
                            path = folder.Path;
                            (there ? target : here).On(verb, Reply(ending, () => Happen(folder, happening)), times: 1);
                        },
                        $"{verb}: {ending}, {happening}{(there ? ", there" : "")}",
                        () => folder!.Path = path);
                }
            }
        }
    }

    private static void Happen(ScriptedFolder folder, string happening)
    {
        if (happening.EndsWith("gone", StringComparison.Ordinal)) folder.Path = "Elsewhere";
        else folder.UidValidity++;
    }

    private static ScriptedReply Reply(string ending, Action happen)
    {
        var reply = ScriptedReply.Raw(
            command =>
            {
                happen();
                return ending.EndsWith("NO", StringComparison.Ordinal) ? $"{command.Tag} NO It is not there\r\n" : "";
            },
            thenCut: ending.EndsWith("cut", StringComparison.Ordinal));
        return ending.StartsWith("done", StringComparison.Ordinal) ? ScriptedReply.After(reply) : reply;
    }
}
