using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Channels;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Diagnosis;

/// <summary>The steps of one connection, each told once and in order, with the time since the one before.</summary>
internal sealed class ConnectionReport
{
    private static readonly ImapConnectionStage[] _inSession =
    [
        ImapConnectionStage.Capabilities, ImapConnectionStage.Mechanisms, ImapConnectionStage.Login,
        ImapConnectionStage.CapabilitiesAfterLogin, ImapConnectionStage.Inbox, ImapConnectionStage.RoundTrip,
    ];

    private readonly Channel<ImapConnectionStep> _steps = Channel.CreateUnbounded<ImapConnectionStep>();
    private readonly ServerAddress _address;
    private readonly Queue<ImapConnectionStage> _ahead;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public ConnectionReport(ServerAddress address)
    {
        _address = address;
        ImapConnectionStage[] secured = [ImapConnectionStage.Tls, ImapConnectionStage.Certificate];
        ImapConnectionStage[] greeted = [ImapConnectionStage.Greeting];
        _ahead = new Queue<ImapConnectionStage>(
        [
            ImapConnectionStage.Resolve, ImapConnectionStage.Connect,
            .. address.Security == ImapSecurity.Tls ? [.. secured, .. greeted] : greeted.Concat(secured),
            .. _inSession,
        ]);
    }

    /// <summary>The steps for a mailbox whose server could not be found: the first has failed.</summary>
    /// <param name="domain">The domain of the mailbox.</param>
    /// <param name="failure">Why there is no server.</param>
    public static IReadOnlyList<ImapConnectionStep> WithoutServer(string domain, ImapException failure)
    {
        var report = new ConnectionReport(new ServerAddress(domain, Port: 0, ImapSecurity.Tls, UserName: null));
        report.Fail(failure);
        report.Complete();
        var steps = new List<ImapConnectionStep>();
        while (report.Steps.TryRead(out ImapConnectionStep? step)) steps.Add(step);
        return steps;
    }

    /// <summary>The steps, as they are told.</summary>
    public ChannelReader<ImapConnectionStep> Steps => _steps.Reader;

    /// <summary>The step that is taken now; null when there is none left.</summary>
    public ImapConnectionStage? Next => _ahead.Count > 0 ? _ahead.Peek() : null;

    /// <summary>Lets the time begin now: somebody was asked meanwhile.</summary>
    public void RestartClock() => _clock.Restart();

    /// <summary>The step has passed, if it is the one that is taken now.</summary>
    public void Pass(ImapConnectionStage stage, string detail, string remedy = "", string reason = "", ImapCertificate? certificate = null,
        TimeSpan? duration = null) =>
        Tell(stage, step => new ImapConnectionStep
        {
            Server = step.Server,
            Port = step.Port,
            Step = stage,
            Result = ImapStepResult.Passed,
            Detail = DisplayText.Line(detail),
            Reason = DisplayText.Line(reason),
            Remedy = DisplayText.Line(remedy),
            Certificate = certificate,
            Duration = duration ?? step.Duration,
        });

    /// <summary>The step is not taken.</summary>
    public void Skip(ImapConnectionStage stage, string reason) =>
        Tell(stage, step => new ImapConnectionStep
        {
            Server = step.Server,
            Port = step.Port,
            Step = stage,
            Result = ImapStepResult.Skipped,
            Reason = reason,
        });

    /// <summary>The step that is taken now has failed, and the others are not taken.</summary>
    public void Fail(ImapException failure, string detail = "", ImapCertificate? certificate = null)
    {
        if (Next is not { } failed) return;

        Tell(failed, step => new ImapConnectionStep
        {
            Server = step.Server,
            Port = step.Port,
            Step = failed,
            Result = ImapStepResult.Failed,
            Detail = DisplayText.Line(detail),
            Reason = DisplayText.Line(failure.Message),
            Remedy = DisplayText.Line(failure.RecommendedAction),
            ErrorId = failure.Id.ToString(),
            Certificate = certificate,
            Duration = step.Duration,
        });
        while (Next is { } skipped) Skip(skipped, $"The step {failed} failed.");
    }

    /// <summary>Nothing more is told.</summary>
    public void Complete() => _steps.Writer.TryComplete();

    private void Tell(ImapConnectionStage stage, Func<(string Server, int Port, TimeSpan Duration), ImapConnectionStep> make)
    {
        if (Next != stage) return;

        _ahead.Dequeue();
        _steps.Writer.TryWrite(make((_address.Host, _address.Port, _clock.Elapsed)));
        _clock.Restart();
    }
}
