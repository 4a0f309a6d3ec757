using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

/// <summary>What the tests of cmdlets that change messages have in common.</summary>
public abstract class ChangeTest(MailServer mail) : ModuleTest(mail)
{
    protected static readonly IReadOnlyList<string> Changing =
        ["UID MOVE", "MOVE", "UID COPY", "COPY", "UID STORE", "STORE", "UID EXPUNGE", "EXPUNGE", "CREATE", "APPEND", "CLOSE"];

    /// <summary>Messages "message 0", "message 1", … of which each has the state given.</summary>
    protected void Deliver(int count, string folder = "INBOX", Func<int, SystemFlags>? flags = null) =>
        User.DeliverMany(folder, count, i =>
            new SeedMessage(Message(Text($"message {i}")), new MessageState(Flags: flags?.Invoke(i) ?? SystemFlags.None)));

    protected void AssertNothingWasChanged() =>
        Assert.DoesNotContain(Proxy.Commands, command => Changing.Contains(command.Verb, StringComparer.Ordinal));

    /// <summary>The flags of every message, by its UID, as another client sees them.</summary>
    protected IReadOnlyDictionary<int, string> FlagsOf(string folder = "INBOX") =>
        Succeed("Get-ImapMessage $folder", ("folder", folder)).ToDictionary(
            message => Property<int>(message, "Uid"),
            message => string.Join(' ', new[] { Property<string>(message, "Flags") }.Concat(Property<string[]>(message, "Keywords"))));

    /// <summary>How many messages each folder holds.</summary>
    protected async Task<IEnumerable<int>> CountsAsync(params string[] folders)
    {
        var counts = new List<int>();
        foreach (string folder in folders) counts.Add(await CountAsync(folder));
        return counts;
    }

    /// <summary>How many sets of 7,500 characters it takes to name every second UID up to the last.</summary>
    protected static int LeastCommands(int last) =>
        ((Enumerable.Range(1, last).Where(uid => uid % 2 == 1).Sum(uid => Text($"{uid}").Length + 1)) + 7_499) / 7_500;

    /// <summary>Answers the questions of a cmdlet in an engine that has somebody to ask.</summary>
    protected (EngineResult Result, IReadOnlyList<SandboxPrompt> Asked) Ask(string script, params object?[] answers)
    {
        using var engine = new PowerShellEngine(new EngineOptions());
        engine.Prompts.Answer(answers);
        EngineResult result =
            engine.Invoke(script, SessionId());
        return (result, engine.Prompts.Asked);
    }
}
