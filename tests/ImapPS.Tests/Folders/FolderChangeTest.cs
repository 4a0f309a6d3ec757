using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Folders;

/// <summary>What tests of commands that change folders have in common.</summary>
public abstract class FolderChangeTest(MailServer mail) : ModuleTest(mail)
{
    private static readonly string[] _changing =
        ["CREATE", "DELETE", "RENAME", "SUBSCRIBE", "UNSUBSCRIBE", "STORE", "UID STORE", "EXPUNGE", "UID EXPUNGE", "CLOSE"];

    protected static ProxyAction Cut(string when) => when switch
    {
        "before" => ProxyAction.CutBefore,
        "after" => ProxyAction.CutAfterExecution,
        _ => ProxyAction.CutMidResponse(10),
    };

    /// <summary>Every verb with every moment at which the connection can go.</summary>
    protected static TheoryData<string, string> CutsOf(params string[] verbs)
    {
        var cuts = new TheoryData<string, string>();
        foreach (string verb in verbs)
        {
            foreach (string when in new[] { "before", "after", "within" }) cuts.Add(verb, when);
        }

        return cuts;
    }

    protected void AssertNothingChanges() =>
        Assert.DoesNotContain(Proxy.Commands, command => _changing.Contains(command.Verb, StringComparer.Ordinal));

    /// <summary>The folders as another client sees them, but for those that every user has.</summary>
    protected async Task<IReadOnlyList<string>> FoldersAsync() => await ListAsync("LIST \"\" \"*\"");

    /// <summary>The list of subscriptions, with folders that are gone, but for those that every user has.</summary>
    protected async Task<IReadOnlyList<string>> SubscribedAsync() => await ListAsync("LSUB \"\" \"*\"");

    /// <summary>Runs a script in an engine that may ask, in this test's session.</summary>
    protected EngineResult Ask(string script, params object[] answers)
    {
        (EngineResult result, IReadOnlyList<SandboxPrompt> asked) = AskWith(script, answers);
        Assert.Equal(answers.Length, asked.Count);
        return result;
    }

    /// <summary>The same, and what was asked.</summary>
    protected (EngineResult Result, IReadOnlyList<SandboxPrompt> Asked) AskWith(string script, params object[] answers)
    {
        using var engine = new PowerShellEngine(new EngineOptions());
        engine.Prompts.Answer(answers);
        EngineResult result = engine.Invoke(
            "$PSDefaultParameterValues['*-Imap*:Session'] = $id; " + script, SessionId());
        return (result, engine.Prompts.Asked);
    }

    protected static string PathOf(PSObject folder) => Property<string>(folder, "Path");

    protected void Fill(string folder, int count) => User.DeliverMany(folder, count, i => new SeedMessage(Message(Text($"message {i}"))));

    protected async Task AppendAsync(string folder, SystemFlags flags = SystemFlags.None)
    {
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        await client.AppendAsync(folder, System.Text.Encoding.ASCII.GetBytes(Message("late")), flags, cancellationToken: Cancellation);
    }

    private async Task<IReadOnlyList<string>> ListAsync(string command)
    {
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        RawResponse response = (await client.CommandAsync(command, Cancellation)).EnsureOk(command);
        return
        [
            .. response.Untagged
                .Where(line => !line.Contains("\\NonExistent", StringComparison.Ordinal))
                .Select(line => line[(line.IndexOf("\"/\" ", StringComparison.Ordinal) + 4)..].Trim('"'))
                .Except(["INBOX", "Drafts", "Sent", "Trash", "Junk"])
                .Order(StringComparer.Ordinal),
        ];
    }
}
