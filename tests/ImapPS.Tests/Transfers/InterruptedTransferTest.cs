using System.Globalization;
using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;
using ProxyCommand = ImapPS.Sandbox.ProxyCommand;

namespace ImapPS.Tests.Transfers;

/// <summary>
/// Messages that are moved or copied, with the connection cut at each command and in the midst of literals: after the module's own
/// recovery and one rerun, none is lost, and none doubled that was not reported.
/// </summary>
public abstract class InterruptedTransferTest(MailServer mail) : BetweenTest(mail)
{
    private static int Many => Amount.Transferred;

    private readonly StringBuilder _table = new StringBuilder().AppendLine()
        .AppendLine("| cut | connections | errors | here, there | lost, doubled | after the rerun | lost, doubled |")
        .AppendLine("|---|---:|---|---:|---:|---:|---:|");

    private bool _moves;
    private bool _isBetween;
    private int _runs;

    protected IReadOnlyList<byte[]> Messages { get; } = [.. Enumerable.Range(0, Many).Select(Cuts.Sample)];

    public static TheoryData<string, string> Everything()
    {
        var cases = new TheoryData<string, string>();
        foreach (string moment in Cuts.ByMoment.Keys)
        {
            cases.Add("Move", moment);
            cases.Add("Copy", moment);
        }

        return cases;
    }

    /// <summary>Says what is to be interrupted.</summary>
    protected void Interrupt(string verb, bool isBetween) => (_moves, _isBetween) = (verb == "Move", isBetween);

    /// <summary>Cuts at every command that goes through a proxy.</summary>
    protected async Task CutEverywhereAsync(FaultProxy proxy, params IEnumerable<string> moments)
    {
        (IReadOnlyList<ProxyCommand> here, IReadOnlyList<ProxyCommand> there) = await LearnAsync();
        IReadOnlyList<ProxyCommand> usual = proxy == Proxy ? here : there;
        for (int i = 0; i < usual.Count; i++)
        {
            int number = i;

            // Halfway through a line, the fifth STORE is like the first.
            bool isFirst = usual.Take(i).All(command => command.Verb != usual[i].Verb);
            foreach (string moment in moments
                .Where(moment => (isFirst || Cuts.AreDistinct(moment)) && Cuts.AreDue(moment, number)))
            {
                await RunAsync(Text($"{usual[i].Verb} ({i + 1}) {moment}"), () => proxy.CutAt(number, Cuts.ByMoment[moment]));
            }
        }

        Show();
    }

    /// <summary>What is said to each server when nothing happens.</summary>
    protected async Task<(IReadOnlyList<ProxyCommand> Here, IReadOnlyList<ProxyCommand> There)> LearnAsync()
    {
        IReadOnlyList<ProxyCommand> here = [];
        IReadOnlyList<ProxyCommand> there = [];
        await RunAsync("nothing", () => { }, after: () => (here, there) = (Proxy.Commands, OtherProxy.Commands));
        return (here, there);
    }

    /// <summary>
    /// Brings all messages from one folder of its own to another with something happening, looks, runs what failed again, and looks again.
    /// </summary>
    protected async Task RunAsync(string what, Action arrange, string parameters = "", Action? after = null)
    {
        string to = Text($"To{++_runs:D3}");
        string from = _moves ? Text($"From{_runs:D3}") : "From";
        if (_moves || _runs == 1) User.DeliverMany(from, Many, i => new SeedMessage(Encoding.Latin1.GetString(Messages[i])));
        (_isBetween ? Other : User).CreateFolder(to);
        if (_runs > 1) Succeed("$mine, $other | Disconnect-Imap");
        ConnectBoth(parameters);
        Succeed("$mine = Get-ImapSession | Where-Object IsDefault; $messages = @(Get-ImapMessage $from)", ("from", from));
        Proxy.Clear();
        arrange();
        string script = $"{(_moves ? "Move" : "Copy")}-ImapMessage $to -PassThru{(_isBetween ? " -ToSession $other" : "")}";
        EngineResult result = Run($"$messages | {script}", ("to", to));
        int connections = Proxy.Connections + OtherProxy.Connections;
        after?.Invoke();
        string[] errors = [.. result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];
        int unknown = errors.Count(id => id == "OutcomeUnknown");
        (string counts, int lost, int doubled) = await CompareAsync(from, to);
        Proxy.ClearRules();
        OtherProxy.ClearRules();
        (string countsAfter, int lostAfter, int doubledAfter) = (counts, lost, doubled);
        if (errors.Length > unknown)
        {
            RunAgain(script, result, to);
            (countsAfter, lostAfter, doubledAfter) = await CompareAsync(from, to);
        }

        string told = errors.Length == 0
            ? "none"
            : string.Join(", ", errors.GroupBy(id => id).Select(group => Text($"{group.Count()} {group.Key}")));
        _table.AppendLine(CultureInfo.InvariantCulture,
            $"| {what} | {connections} | {told} | {counts} | {lost}, {doubled} | {countsAfter} | {lostAfter}, {doubledAfter} |");

        // What the connection's retries can mend is not an error.
        Assert.True(parameters.Length > 0 || errors.Length == unknown, $"{what}\n{_table}");
        int named = Named(result).Count();
        Assert.True(lostAfter <= (_moves ? 0 : unknown) && doubled <= named && doubledAfter <= named, $"{what}\n{_table}");
    }

    /// <summary>What a careful user does: runs it again for all but what was emitted, and what was reported as unknown.</summary>
    private void RunAgain(string script, EngineResult result, string to)
    {
        HashSet<string> settled = [.. Named(result).Concat(result.Output)
            .Select(message => message.Properties["Subject"]?.Value?.ToString() ?? "")];
        Succeed($"$messages | Where-Object {{ -not $settled.Contains($_.Subject) }} | {script}", ("to", to), ("settled", settled));
    }

    /// <summary>The messages that errors name: one each, or all that are in both folders.</summary>
    private static IEnumerable<PSObject> Named(EngineResult result) =>
        from error in result.AllErrors
        from target in LanguagePrimitives.GetEnumerable(error.TargetObject)?.Cast<object>() ?? [error.TargetObject]
        where target is not null
        select PSObject.AsPSObject(target);

    /// <summary>What both folders hold, as a whole.</summary>
    private async Task<(string Counts, int Lost, int Doubled)> CompareAsync(string from, string to)
    {
        IReadOnlyList<byte[]> here = await StoredAsync(from);
        IReadOnlyList<byte[]> there = await StoredAsync(to, _isBetween ? Other : User);
        List<string> left = [.. Messages.Select(Encoding.Latin1.GetString)];
        int doubled = (_moves ? here.Concat(there) : there).Count(message => !left.Remove(Encoding.Latin1.GetString(message)));
        return (Text($"{here.Count}, {there.Count}"), left.Count, doubled);
    }

    protected void Show() => TestContext.Current.TestOutputHelper?.WriteLine(_table.ToString());
}
