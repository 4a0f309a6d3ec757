using System.Diagnostics;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Watching;

/// <summary>
/// One of several places where schedules run one after another: a mailbox, a proxy before it, a session, and another client that delivers.
/// </summary>
internal sealed class WaitLane : IAsyncDisposable
{
    private const int SessionConnection = 1;

    private static readonly string[] _login = ["LOGIN", "AUTHENTICATE"];
    private static readonly string[] _reconnect = [.. _login, "EXAMINE", "UID SEARCH", "IDLE"];
    private static readonly Moment[] _moments = Enum.GetValues<Moment>()[1..];

    private readonly FaultProxy _proxy;
    private readonly RawImapClient _client;
    private readonly PowerShellEngine _engine = new(new EngineOptions { NonInteractive = true });
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Random _random;
    private readonly CancellationToken _cancellation;

    private readonly List<Task> _deliveries = [];
    private int _lastConnection = SessionConnection;

    private WaitLane(FaultProxy proxy, RawImapClient client, Random random, CancellationToken cancellation)
    {
        _proxy = proxy;
        _client = client;
        _random = random;
        _cancellation = cancellation;
    }

    public static async Task<WaitLane> StartAsync(DovecotServer dovecot,
        Func<MailUser, System.Management.Automation.PSCredential> credential, Random random, CancellationToken cancellation)
    {
        MailUser user = dovecot.CreateUser();
        var lane = new WaitLane(FaultProxy.Start(dovecot), await user.ConnectAsync(cancellation), random, cancellation);
        await lane.SucceedAsync(
            "$null = Connect-Imap localhost -Port $port -Security None -AllowPlaintext -Credential $credential "
                + "-RetryDelaySeconds 0 -TimeoutSeconds 300",
            new() { ["port"] = lane._proxy.Port, ["credential"] = credential(user) });
        return lane;
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.InvokeAsync("Remove-Module ImapPS");
        _engine.Dispose();
        await _client.DisposeAsync();
        await _proxy.DisposeAsync();
        _turn.Dispose();
    }

    /// <summary>Waits for two messages that are delivered at random moments.</summary>
    /// <returns>The moments, and whether each message was found just once.</returns>
    public async Task<Schedule> RunAsync(string name)
    {
        _proxy.ClearRules();
        _proxy.Clear();
        await DeliverAsync(Subject(name, Moment.BeforeTheMark, "old"), TimeSpan.Zero);
        await SucceedAsync("$mark = Get-ImapFolder INBOX");

        Moment[] moments = [Pick(_moments), Pick(_moments)];
        string[] subjects = [.. moments.Select((moment, i) => Subject(name, moment, i == 0 ? "one" : "two"))];
        for (int i = 0; i < moments.Length; i++) await PlanAsync(moments[i], subjects[i]);

        // Where rules meet, the ones that cut come last: no other applies after them.
        if (moments.Contains(Moment.WhileReconnecting))
        {
            _proxy.On(command => IsOwn(command) && command.Verb == "IDLE", ProxyAction.CutBefore);
        }

        if (moments.Contains(Moment.AsTheReadingBreaks))
        {
            _proxy.On(command => IsOwn(command) && command.Verb == "UID FETCH", ProxyAction.CutMidResponse(_random.Next(1, 1_000)));
        }

        string criteria = Pick("-Subject wanted", "-Subject wanted -Unread", "-Filter { $_.Subject -like 'wanted*' }");
        string poll = _random.Next(8) == 0 ? "-PollSeconds 1" : string.Empty;
        var watch = Stopwatch.StartNew();
        EngineResult result =
            await _engine.InvokeAsync($"Wait-ImapMessage -After $mark {criteria} {poll} -Count 2 -TimeoutSeconds "
            + $"{Schedule.Timeout.TotalSeconds} | ForEach-Object Subject", cancellationToken: _cancellation);

        // Another message that ended an IDLE may still be under way, and a cut that nothing has come to.
        await Task.WhenAll(Deliveries());
        _deliveries.Clear();
        _proxy.CutAfterBytesToClient(long.MaxValue);
        int connections = _proxy.Commands.Where(IsOwn).Select(command => command.ConnectionNumber).Distinct().Count();
        _lastConnection = _proxy.Commands.Select(command => command.ConnectionNumber).Append(_lastConnection).Max();
        return new Schedule(
            moments,
            subjects,
            [.. result.Output.Select(subject => subject.ToString()!)],
            [.. result.AllErrors.Select(error => $"{error.FullyQualifiedErrorId}: {error}")],
            [.. _proxy.Commands.Select(command => $"{command.ConnectionNumber} {command.Line}")],
            connections,
            watch.Elapsed);
    }

    private static string Subject(string name, Moment moment, string which) => $"wanted {name} {moment} {which}";

    private async Task PlanAsync(Moment moment, string subject)
    {
        switch (moment)
        {
            case Moment.BetweenMarkAndWait:
                await DeliverAsync(subject, TimeSpan.Zero);
                break;
            case Moment.DuringTheFirstLook:
                Deliver(subject, command => command is { ConnectionNumber: SessionConnection, Verb: "UID SEARCH" });
                break;
            case Moment.WhileConnecting:
                Deliver(subject, command => IsOwn(command) && _login.Contains(command.Verb));
                break;
            case Moment.DuringSelect:
                Deliver(subject, command => IsOwn(command) && command.Verb == "EXAMINE");
                break;
            case Moment.BetweenSelectAndIdle:
                Deliver(subject, command => IsOwn(command) && command.Verb == "UID SEARCH");
                break;
            case Moment.DuringIdleSetUp:
                Deliver(subject, command => IsOwn(command) && command.Verb == "IDLE", after: 0);
                break;
            case Moment.DuringIdle or Moment.AsTheReadingBreaks:
                Deliver(subject, command => IsOwn(command) && command.Verb == "IDLE", after: _random.Next(1, 100));
                break;
            case Moment.BetweenTwoIdles:
                // A look after a notice fetches, one after a reconnection searches.
                string[] next = _random.Next(2) == 0 ? ["FETCH", "UID SEARCH"] : ["IDLE"];
                int idles = next.Contains("IDLE") ? 2 : 1;
                Deliver("noise", command => IsOwn(command) && command.Verb == "IDLE", after: _random.Next(1, 50));
                Deliver(subject, command => IsOwn(command) && next.Contains(command.Verb) && _proxy.Count("IDLE") >= idles);
                break;
            case Moment.WhileReconnecting:
                string stage = Pick(_reconnect);
                int lost = _lastConnection + 1;
                Deliver(subject, command => command.ConnectionNumber > lost
                    && (command.Verb == stage || (_login.Contains(stage) && _login.Contains(command.Verb))));
                break;
            case Moment.AsTheNoticeBreaks:
                int bytes = _random.Next(1, 60);
                _proxy.On(command => IsOwn(command) && command.Verb == "IDLE", ProxyAction.Run(() =>
                {
                    _proxy.CutAfterBytesToClient(bytes);
                    return Task.CompletedTask;
                }));
                Deliver(subject, command => IsOwn(command) && command.Verb == "IDLE", after: _random.Next(1, 50));
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(moment), moment, message: null);
        }
    }

    /// <summary>
    /// Delivers once, when a command comes: before the server gets it, or a while later, without keeping the command waiting.
    /// </summary>
    private void Deliver(string subject, Func<ProxyCommand, bool> match, int? after = null)
    {
        int milliseconds = after ?? _random.Next(-2, 4);
        _proxy.On(match, ProxyAction.Run(() =>
        {
            Task delivery = DeliverAsync(subject, TimeSpan.FromMilliseconds(Math.Max(0, milliseconds)));
            lock (_deliveries) _deliveries.Add(delivery);
            return milliseconds <= 0 ? delivery : Task.CompletedTask;
        }));
    }

    private async Task DeliverAsync(string subject, TimeSpan after)
    {
        if (after > TimeSpan.Zero) await Task.Delay(after, _cancellation);
        await _turn.WaitAsync(_cancellation);
        try
        {
            await _client.AppendAsync("INBOX", Encoding.ASCII.GetBytes($"From: app@example.org\r\nSubject: {subject}\r\n\r\nHello.\r\n"),
                cancellationToken: _cancellation);
        }
        finally
        {
            _turn.Release();
        }
    }

    private Task[] Deliveries()
    {
        lock (_deliveries) return [.. _deliveries];
    }

    /// <summary>True on a connection that this wait has opened.</summary>
    private bool IsOwn(ProxyCommand command) => command.ConnectionNumber > _lastConnection;

    private T Pick<T>(params T[] items) => items[_random.Next(items.Length)];

    private async Task SucceedAsync(string script, Dictionary<string, object?>? variables = null)
    {
        EngineResult result = await _engine.InvokeAsync(script, variables, _cancellation);
        Assert.Equal([], result.AllErrors.Select(error => error.ToString()));
    }
}
