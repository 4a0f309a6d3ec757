using System;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Connects to an IMAP server and logs in.</summary>
/// <remarks>
/// <para>
/// The session is emitted and becomes the current one: the module's other cmdlets use it when -Session names no other. It lasts
/// until Disconnect-Imap, Remove-Module or the end of the process. A connection that is lost is opened again by the next command,
/// or by the command that noticed, which then goes on where it stood.
/// </para>
/// <para>
/// The connection is encrypted and the server's certificate verified, unless parameters say otherwise: port 993 is TLS from the
/// first byte (RFC 8314), any other port STARTTLS, and a server that does not offer it is refused. Revocation lists are not asked for.
/// Of the mechanisms that the server offers the best one is used, once: a mistyped password counts as one failure.
/// </para>
/// <para>
/// The server is reached first, and its certificate verified. A user name or a password that was not given is asked for after that, so a
/// wrong host or port never costs a typed password. A server that closes the connection meanwhile is connected to again. A refused
/// password is not asked for again.
/// </para>
/// <para>
/// This first connect is tried once, so that a mistake is told at once. A connection that breaks after the server accepted the login is
/// tried again as often as -RetryCount says. A server that is silent is examined after two seconds: a port that speaks TLS from the first
/// byte, or another protocol than IMAP, is named. Of several addresses of a host, the next is tried after a quarter of a second (RFC 8305).
/// -Verbose tells each step.
/// </para>
/// <para>
/// A name means one session: when a new session takes the name of another one that is open, the name means the new one, and a warning says
/// so. When the current session is closed, the one that this runspace opened or selected before it becomes current.
/// </para>
/// </remarks>
/// <notes>
/// Errors: ArgumentInvalid, ConnectionFailed, Timeout, TlsFailed, CertificateRejected, PlaintextRefused, AuthenticationFailed,
/// ProtocolError.
/// </notes>
/// <example>
/// <code>Connect-Imap mail.example.org -Credential alice</code>
/// <para>Connects to port 993, and then asks for alice's password.</para>
/// </example>
/// <example>
/// <code>Connect-Imap mail.example.org</code>
/// <para>Connects to port 993, and then asks for a user name and a password.</para>
/// </example>
/// <example>
/// <code>$credential = Get-Credential robot
/// Connect-Imap imap://mail.example.org -Credential $credential -Name robot</code>
/// <para>Connects to port 143 with STARTTLS, and names the session.</para>
/// </example>
/// <example>
/// <code>Connect-Imap 127.0.0.1 -Port 3143 -Security None -AllowPlaintext -Credential robot</code>
/// <para>Connects to a test server on the same machine, without encryption.</para>
/// </example>
[Cmdlet(VerbsCommunications.Connect, "Imap", SupportsShouldProcess = true, HelpUri = HelpPages.Reference + "Connect-Imap.md")]
[OutputType(typeof(ImapSession))]
public sealed class ConnectImapCommand : ImapCmdlet
{
    private const int ThumbprintLength = 64;

    /// <summary>
    /// Specifies the server: a host name, an address, or a URL of the form imap(s)://[user@]host[:port] (RFC 5092). imaps means TLS on port
    /// 993. imap means STARTTLS on port 143.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Server { get; set; } = string.Empty;

    /// <summary>Specifies the server's port, from 1 to 65535. The default is 993, or 143 with -Security StartTls or None.</summary>
    [Parameter]
    [ValidateRange(1, 65_535)]
    public int? Port { get; set; }

    /// <summary>Specifies how the connection is encrypted. Auto means TLS on port 993, and required STARTTLS on any other port.</summary>
    [Parameter]
    [PSDefaultValue(Value = ImapSecurity.Auto)]
    public ImapSecurity Security { get; set; }

    /// <summary>
    /// Specifies who logs in: a PSCredential, or a user name, whose password is asked for once the server was reached. The default is the
    /// user of the URL. What is not given is asked for.
    /// </summary>
    [Parameter]
    [CredentialTransformation]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// Indicates that the password may be sent without encryption. This applies only with -Security None, when the server offers no better
    /// way.
    /// </summary>
    [Parameter]
    public SwitchParameter AllowPlaintext { get; set; }

    /// <summary>
    /// Indicates that any certificate is accepted. Anyone between you and the server can then read everything, also the password.
    /// -CertificateThumbprint is safer.
    /// </summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>
    /// Specifies the only certificate that is accepted, whoever signed it. The value is its SHA-256 thumbprint in 64 hexadecimal digits.
    /// Colons and spaces are ignored.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? CertificateThumbprint { get; set; }

    /// <summary>Specifies how long to wait for the server's answer, in seconds, from 1 to 3600.</summary>
    [Parameter]
    [ValidateRange(1, 3_600)]
    [PSDefaultValue(Value = 60)]
    public int TimeoutSeconds { get; set; } = 60;

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

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            ServerAddress address = ServerAddress.Parse(Server, Port, Security);
            SessionConnection session = Create(address);
            Run((writer, cancellationToken) => session.OpenAsync(
                new Opening(writer.Verbose, stop => new CredentialPrompt(address, Credential, Host).AskAsync(writer, stop)),
                cancellationToken));
            Enter(session);
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }
    }

    private void Enter(SessionConnection session)
    {
        SessionConnection? namesake = SessionStore.Named(session.Handle.Name);
        SessionStore.Add(session);
        CurrentSession.Choose(session.Handle);
        if (namesake is not null)
        {
            WriteWarning($"Another open session, with the id {namesake.Handle.Id}, is named '{session.Handle.Name}' "
                + "as well. The name means the new one.");
        }

        WriteObject(session.Handle);
    }

    private SessionConnection Create(ServerAddress address)
    {
        CheckTrust(address);
        var settings = new ConnectionSettings(address, CredentialPrompt.Complete(Credential))
        {
            AllowPlaintext = AllowPlaintext,
            SkipCertificateCheck = SkipCertificateCheck,
            CertificateThumbprint = CertificateThumbprint,
            TimeoutSeconds = TimeoutSeconds,
            RetryCount = RetryCount,
            RetryDelay = TimeSpan.FromSeconds(RetryDelaySeconds),
            ProtocolLogPath = ConsentedLog(),
        };
        return new SessionConnection(Name, settings, new RunspaceOwner(), id => CurrentSession.Id == id);
    }

    /// <summary>The file of the protocol log, if there is to be one: the one thing that this cmdlet changes.</summary>
    private string? ConsentedLog()
    {
        if (ProtocolLogPath is null) return null;

        string path = GetUnresolvedProviderPathFromPSPath(ProtocolLogPath);
        return ShouldProcess(path, "Write the protocol log") ? path : null;
    }

    private void CheckTrust(ServerAddress address)
    {
        if (CertificateThumbprint is null) return;

        string digits = CertificateCheck.Normalize(CertificateThumbprint);
        if (digits.Length != ThumbprintLength || !Array.TrueForAll(digits.ToCharArray(), Uri.IsHexDigit))
        {
            throw Failures.ArgumentInvalid("-CertificateThumbprint is not a SHA-256 thumbprint.",
                "Give its 64 hexadecimal digits; the error CertificateRejected shows them.", CertificateThumbprint);
        }

        if (SkipCertificateCheck)
        {
            throw Failures.ArgumentInvalid("-SkipCertificateCheck and -CertificateThumbprint exclude each other.",
                "Give the thumbprint alone.");
        }

        // Whoever names the certificate relies on it.
        if (address.Security == ImapSecurity.None)
        {
            throw Failures.Contradiction("Security None", nameof(CertificateThumbprint));
        }
    }
}
