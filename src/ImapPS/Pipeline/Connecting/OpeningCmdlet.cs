using System;
using System.Linq;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Connecting;

/// <summary>Opens a session.</summary>
public abstract class OpeningCmdlet : ConnectionCmdlet
{
    /// <summary>
    /// Specifies the session's name, for -Session. The default is user@server. If another open session has this name, the name refers to
    /// the new session from then on.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? Name { get; set; }

    /// <summary>
    /// Specifies a file to which the protocol exchange is appended. Passwords and tokens are replaced by asterisks. Mail is not replaced.
    /// With -WhatIf, or when the answer to -Confirm is No, the session is opened without the file.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProtocolLogPath { get; set; }

    /// <summary>
    /// Specifies if the connection is compressed after the login (COMPRESS=DEFLATE, RFC 4978). Auto compresses if the server offers it, is
    /// not on this computer, and needs 20 milliseconds or more for its quickest answer. If the server refuses, the session goes on without.
    /// </summary>
    [Parameter]
    [PSDefaultValue(Value = ImapCompression.Auto)]
    public ImapCompression Compression { get; set; }

    /// <summary>
    /// Specifies how often a command tries to restore a lost connection, from 0 to 100. It applies to this command too, after the server
    /// has accepted the login.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 100)]
    [PSDefaultValue(Value = 3)]
    public int RetryCount { get; set; } = 3;

    /// <summary>
    /// Specifies how long to wait before the first retry, in seconds, from 0 to 3600. The time doubles for each further retry, varies by up
    /// to a quarter, and is at most one minute.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, 3_600.0)]
    [PSDefaultValue(Value = 1)]
    public double RetryDelaySeconds { get; set; } = 1;

    /// <summary>Opens the session, and makes it the current one of the runspace. It is the caller's to tell of a failure.</summary>
    private protected SessionConnection Open()
    {
        ServerAddress address = Address();
        ConnectionSettings settings = Settings(address) with
        {
            Compression = Compression,
            RetryCount = RetryCount,
            RetryDelay = TimeSpan.FromSeconds(RetryDelaySeconds),
            ProtocolLogPath = ConsentedLog(),
        };
        var session = new SessionConnection(Name, settings, RunspaceLife.Of(this), id => CurrentSession.Id == id);
        Run((writer, cancellationToken) => session.OpenAsync(Opening(address, writer), cancellationToken));
        SessionStore.Add(session);
        CurrentSession.Choose(session.Handle, this);
        return session;
    }

    /// <summary>The file of the protocol log, if there is to be one: the one thing that opening a session changes.</summary>
    private string? ConsentedLog()
    {
        if (ProtocolLogPath is null) return null;

        // An abbreviation: -Prot 993.
        if (ProtocolLogPath.All(char.IsDigit))
        {
            throw Failures.ArgumentInvalid($"A protocol log with the name '{ProtocolLogPath}' is probably a port.",
                "Use -Port, or give the path of the log with a directory, such as ./993.", ProtocolLogPath);
        }

        string path = GetUnresolvedProviderPathFromPSPath(ProtocolLogPath);
        return ShouldProcess(path, "Write the protocol log") ? path : null;
    }
}
