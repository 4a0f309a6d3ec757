using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Diagnosis;

/// <summary>Connects as a session does, says what came of each step, and leaves.</summary>
/// <param name="settings">Where to connect to, and how.</param>
/// <param name="opening">Is told what happens, and asks for what is not known.</param>
/// <param name="logsIn">False when nobody is to log in.</param>
internal sealed class ConnectionDiagnosis(ConnectionSettings settings, Opening opening, bool logsIn)
{
    /// <summary>One time alone may be the network's mood.</summary>
    private const int RoundTrips = 3;

    private readonly ConnectionReport _report = new(settings.Address);

    /// <summary>Takes the steps. What cannot be done is told in them; an argument that cannot be used is thrown.</summary>
    public async IAsyncEnumerable<ImapConnectionStep> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task work = TakeStepsAsync(stop.Token);
        try
        {
            while (await _report.Steps.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
            {
                while (_report.Steps.TryRead(out ImapConnectionStep? step)) yield return step;
            }
        }
        finally
        {
            // Whoever wants no more steps wants no connection either.
            stop.Cancel();
            await Task.WhenAny(work).ConfigureAwait(false);
        }

        await work.ConfigureAwait(false);
    }

    private async Task TakeStepsAsync(CancellationToken cancellationToken)
    {
        try
        {
            var witness = new ReachWitness(_report, settings);
            Reached reached;
            try
            {
                reached = await ReachAsync(witness, cancellationToken).ConfigureAwait(false);
            }
            catch (ImapException failed)
            {
                witness.Failed(failed);
                return;
            }

            witness.Reached(reached.Client);
            await UseAsync(reached, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _report.Complete();
        }
    }

    private async Task<Reached> ReachAsync(IConnectionWitness? witness, CancellationToken cancellationToken)
    {
        var log = new SessionLog(path: null);
        var connector = new Connector(settings, log, opening.Tell, witness);
        return new Reached(await connector.ReachAsync(cancellationToken).ConfigureAwait(false), connector, log);
    }

    /// <summary>What only somebody who is logged in can do.</summary>
    private async Task UseAsync(Reached reached, CancellationToken cancellationToken)
    {
        try
        {
            TellMechanisms(reached.Client);
            if (!logsIn && reached.Connector.Identity is null && !reached.Client.IsAuthenticated)
            {
                while (_report.Next is { } skipped) _report.Skip(skipped, "No credential was given.");
            }

            if (_report.Next is null) return;

            reached = await LogInAsync(reached, cancellationToken).ConfigureAwait(false);
            (StreamingClient client, Connector connector, SessionLog log) = reached;
            _report.Pass(ImapConnectionStage.CapabilitiesAfterLogin, string.Join(" ", CapabilityNames.Of(client)));
            log.Clear();
            await connector.WithinAsync(limited => OpenInboxAsync(client, limited), cancellationToken).ConfigureAwait(false);
            await connector.WithinAsync(limited => MeasureAsync(client, limited), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failed) when (Known(failed, reached.Log, cancellationToken) is { } known)
        {
            _report.Fail(known);
        }
        finally
        {
            await LeaveAsync(reached.Client, cancellationToken).ConfigureAwait(false);
        }
    }

    private void TellMechanisms(ImapClient client)
    {
        string[] offered = [.. client.AuthenticationMechanisms.OrderBy(name => name, StringComparer.Ordinal)];
        bool isDisabled = client.Capabilities.HasFlag(ImapCapabilities.LoginDisabled);
        if (isDisabled && !client.IsSecure)
        {
            _report.Fail(Failures.LoginDisabled(settings.Address.Host));
            return;
        }

        bool takesTokens = offered.Any(name => name is "XOAUTH2" or "OAUTHBEARER");
        bool takesPasswords = !isDisabled || SaslChoice.Best(offered, client.IsSecure) is not null;
        _report.Pass(
            ImapConnectionStage.Mechanisms,
            offered.Length > 0 ? string.Join(", ", offered) : isDisabled ? "None" : "The command LOGIN",
            takesTokens && !takesPasswords ? "The server takes no password. It takes access tokens (OAuth 2.0)." : string.Empty);
    }

    /// <summary>Logs in, on another connection if this one ended while somebody was asked.</summary>
    private async Task<Reached> LogInAsync(Reached reached, CancellationToken cancellationToken)
    {
        if (reached.Client.IsAuthenticated)
        {
            _report.Pass(ImapConnectionStage.Login, "Not needed: the server says who it is (PREAUTH)");
            return reached;
        }

        var asked = Stopwatch.StartNew();
        bool isKnown = reached.Connector.Identity is not null;
        if (!isKnown && settings.UsesToken) TokenLogin.Examine(reached.Client, settings);
        Identity identity = reached.Connector.Identity ?? await opening.Ask(cancellationToken).ConfigureAwait(false);
        _report.RestartClock();
        if (!isKnown && Connector.IsStale(reached.Client, asked.Elapsed))
        {
            reached.Client.Dispose();
            reached = await ReachAsync(witness: null, cancellationToken).ConfigureAwait(false);
        }

        reached.Connector.Identity = await TokenLogin.PrepareAsync(identity, opening, cancellationToken).ConfigureAwait(false);
        string user = await reached.Connector.LogInAsync(reached.Client, cancellationToken).ConfigureAwait(false);
        _report.Pass(ImapConnectionStage.Login, $"{user}, with {reached.Connector.Mechanism ?? "the command LOGIN"}");
        return reached;
    }

    /// <summary>A failure that is told as a step; null for what is thrown.</summary>
    private ImapException? Known(Exception failure, SessionLog log, CancellationToken cancellationToken) => failure switch
    {
        OperationCanceledException when cancellationToken.IsCancellationRequested => null,
        ImapException { Id: ImapErrorId.ArgumentInvalid } => null,
        ImapException known => known,
        _ when Translation.IsLate(failure) => Failures.Timeout(settings.Address.Host, settings.TimeoutSeconds, failure),
        _ when Translation.IsNonsense(failure) => Failures.ProtocolError(settings.Address.Host, failure),
        _ when !Translation.ConnectionIsGone(failure) => Translation.Translate(failure, log.Rejections, "INBOX"),
        _ when NotNow.Is(log.Farewell) => Failures.ServerBusy(settings.Address.Host, log.Farewell!, failure),
        _ => Failures.LostInLogin(settings.Address.Host, log.Farewell, isAccepted: true, failure),
    };

    private async Task<bool> OpenInboxAsync(ImapClient client, CancellationToken cancellationToken)
    {
        await client.Inbox.OpenAsync(FolderAccess.ReadOnly, cancellationToken).ConfigureAwait(false);
        _report.Pass(ImapConnectionStage.Inbox, DisplayText.Count(client.Inbox.Count, "message"));
        return true;
    }

    private async Task<bool> MeasureAsync(ImapClient client, CancellationToken cancellationToken)
    {
        var times = new List<TimeSpan>();
        for (int i = 0; i < RoundTrips; i++)
        {
            var clock = Stopwatch.StartNew();
            await client.NoOpAsync(cancellationToken).ConfigureAwait(false);
            times.Add(clock.Elapsed);
        }

        TimeSpan median = times.OrderBy(time => time).ElementAt(RoundTrips / 2);
        _report.Pass(ImapConnectionStage.RoundTrip,
            string.Format(CultureInfo.InvariantCulture, "{0:0.0} ms, the median of {1}", median.TotalMilliseconds, RoundTrips),
            duration: median);
        return true;
    }

    private static async Task LeaveAsync(ImapClient client, CancellationToken cancellationToken)
    {
        using (client)
        {
            await Logout.SendAsync(client, cancellationToken).ConfigureAwait(false);
        }
    }

    private sealed record Reached(StreamingClient Client, Connector Connector, SessionLog Log);
}
