using System;

namespace ImapPS.Models;

/// <summary>A step of connecting to a server: what came of it, and what to do if it failed.</summary>
public sealed class ImapConnectionStep
{
    internal ImapConnectionStep()
    {
    }

    /// <summary>The host name of the server that is tested. The domain of the mailbox if its server was not found.</summary>
    public string Server { get; internal init; } = string.Empty;

    /// <summary>The port that is tested. 0 if the server of the mailbox was not found.</summary>
    public int Port { get; internal init; }

    /// <summary>The step.</summary>
    public ImapConnectionStage Step { get; internal init; }

    /// <summary>Passed, Failed or Skipped.</summary>
    public ImapStepResult Result { get; internal init; }

    /// <summary>What was found: addresses, TLS version, certificate, greeting, capabilities. Empty if there was nothing.</summary>
    public string Detail { get; internal init; } = string.Empty;

    /// <summary>The reason why the step failed or was skipped. Empty if it passed.</summary>
    public string Reason { get; internal init; } = string.Empty;

    /// <summary>What to do about it. A step that passed has one if it will soon fail, or passed only because you said so.</summary>
    public string Remedy { get; internal init; } = string.Empty;

    /// <summary>The name of the error with which Connect-Imap fails here, such as TlsFailed. Empty if the step did not fail.</summary>
    public string ErrorId { get; internal init; } = string.Empty;

    /// <summary>The server's certificate, for the step Certificate. Null for others, or if the server showed none.</summary>
    public ImapCertificate? Certificate { get; internal init; }

    /// <summary>How long the step took. For RoundTrip: how long the server took to answer.</summary>
    public TimeSpan Duration { get; internal init; }

    /// <summary>Returns the step and its result.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Step}: {Result}";
}
