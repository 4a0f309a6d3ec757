using System.Linq;
using System.Management.Automation;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Connecting;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Connects to an IMAP server and logs in.</summary>
/// <remarks>
/// <para>
/// The cmdlet returns the session and makes it the current session. Other cmdlets use the current session if -Session is not given. A
/// session lasts until Disconnect-Imap, Remove-Module or the end of the process. If the connection is lost, the running command or the next
/// command opens it again and continues.
/// </para>
/// <para>
/// By default the connection is encrypted and the server's certificate is verified. Port 993 uses TLS from the first byte (RFC 8314). Any
/// other port uses STARTTLS, and a server that does not offer STARTTLS is refused. Certificate revocation lists are not checked.
/// </para>
/// <para>
/// The cmdlet uses the best authentication mechanism that the server offers, and uses it once. A wrong password counts as one failure.
/// </para>
/// <para>
/// The cmdlet connects and verifies the certificate before it asks for a missing user name or password. If the server closes the connection
/// while you type, the cmdlet connects again. If the server refuses the password, the cmdlet does not ask again.
/// </para>
/// <para>
/// If the server logs in by itself (PREAUTH, RFC 9051), as at the end of a tunnel, the cmdlet asks for nothing and sends no credential. The
/// session's UserName is then empty, because the server does not tell it.
/// </para>
/// <para>
/// The environment variables HTTPS_PROXY and ALL_PROXY name a proxy for servers other than this computer and those of NO_PROXY. ProxyFailed
/// is about the proxy: it is not reached, does not accept its credential, or refuses the connection. ConnectionFailed and
/// AuthenticationFailed are about the server.
/// </para>
/// <para>
/// With the address of a mailbox, the cmdlet finds the server and connects to the first one that is trusted and can be reached. The help of
/// Resolve-ImapServer tells where it looks. The user name is the address, or what the domain's configuration file says. If nothing but DNS
/// names the server, and the server is outside of the domain and not of a known provider, the error is ServerNotTrusted, and nothing is
/// sent to the server: DNS answers can be forged (RFC 6186, 6). The error shows the line to type if you know that the server is right.
/// </para>
/// <para>
/// If a known provider, such as Gmail, takes no password or only a password made for programs, a warning says so before a password is asked
/// for.
/// </para>
/// <para>
/// With -OAuth or -AccessToken the cmdlet logs in with an access token (OAuth 2.0), which Microsoft 365, Outlook.com and Gmail require. It
/// uses the SASL mechanism OAUTHBEARER (RFC 7628), or else XOAUTH2. If the session has to log in again, it renews a token that is near its
/// end or that the server refuses. A refresh token, the secret or certificate of an application, or a script block makes this possible.
/// The session keeps tokens in memory only.
/// </para>
/// <para>
/// A script block of -AccessToken runs in the runspace of the command that needs a token. In another runspace, such as ForEach-Object
/// -Parallel, a copy of it runs, which finds none of the variables of the first runspace.
/// </para>
/// <para>
/// A mistake is shown at once: a wrong host or a wrong password is not tried again. If the connection breaks after the server has accepted
/// the login, or the server refuses for the moment (ServerBusy), the cmdlet waits and tries again, as often as -RetryCount specifies.
/// </para>
/// <para>
/// If the server sends nothing for two seconds, the cmdlet examines the port. The error says if the port speaks TLS from the first byte, or
/// a protocol other than IMAP. If a host has several addresses, the next address is tried after a quarter of a second (RFC 8305). -Verbose
/// shows each step.
/// </para>
/// <para>
/// A name refers to one session. If a new session gets the name of another open session, the name refers to the new session, and a warning
/// says so. When the current session is closed, the session that this runspace opened or selected before it becomes current.
/// </para>
/// <para>
/// If the cmdlet does not succeed, there is no current session until another one is opened or selected. The commands that follow in a
/// script therefore never run in the mailbox before.
/// </para>
/// </remarks>
/// <notes>
/// Errors: ArgumentInvalid, ServerNotFound, ServerNotTrusted, ConnectionFailed, ProxyFailed, Timeout, TlsFailed, CertificateRejected,
/// PlaintextRefused, AuthenticationFailed, NotSupportedByServer, ProtocolError, ServerBusy; for files of certificates FileNotFound and
/// FileNotRead.
/// </notes>
/// <example>
/// <code>Connect-Imap mail.example.org -Credential alice</code>
/// <para>Connects to port 993, then asks for alice's password.</para>
/// </example>
/// <example>
/// <code>Connect-Imap mail.example.org</code>
/// <para>Connects to port 993, then asks for a user name and a password.</para>
/// </example>
/// <example>
/// <code>Connect-Imap alice@contoso.example</code>
/// <para>Finds the server of the mailbox, connects to it, then asks for alice's password.</para>
/// </example>
/// <example>
/// <code>$credential = Get-Credential robot
/// Connect-Imap imap://mail.example.org -Credential $credential -Name robot</code>
/// <para>Connects to port 143 with STARTTLS, and names the session robot.</para>
/// </example>
/// <example>
/// <code>Connect-Imap -OAuth Microsoft365 -ClientId $clientId</code>
/// <para>Opens the browser for the login, and connects to the mailbox of the user who logged in. $clientId is the ID of an application that
/// is registered with Microsoft.</para>
/// </example>
/// <example>
/// <code>Connect-Imap -OAuth Microsoft365 -ClientId $clientId -TenantId contoso.example -DeviceCode</code>
/// <para>Shows a code and an address. The user enters the code in a browser on any device.</para>
/// </example>
/// <example>
/// <code>Connect-Imap -OAuth Microsoft365 -ClientId $clientId -TenantId $tenant -ClientSecret $secret -UserName robot@mail.example</code>
/// <para>Connects a job to the mailbox of robot, without a user.</para>
/// </example>
/// <example>
/// <code>Connect-Imap outlook.office365.com -AccessToken { Get-AzAccessToken -ResourceUrl https://outlook.office365.com }</code>
/// <para>Connects with a token of another module, which is asked again whenever the session logs in.</para>
/// </example>
/// <example>
/// <code>Connect-Imap 127.0.0.1 -Port 3143 -Security None -AllowPlaintext -Credential robot</code>
/// <para>Connects to a test server on the same computer, without encryption.</para>
/// </example>
/// <example>
/// <code>$master = Get-Credential master
/// 'alice', 'bob' | ForEach-Object { Connect-Imap mail.example.org -Credential $master -AuthorizationId $_ }</code>
/// <para>Opens the mailboxes of two users as a master user. The sessions are alice@mail.example.org and bob@mail.example.org.</para>
/// </example>
/// <example>
/// <code>Connect-Imap mail.example.org -Certificate ./robot.pfx -CertificatePassword (Get-Secret robot)</code>
/// <para>Logs in by a client certificate, without a password of the mailbox.</para>
/// </example>
/// <example>
/// <code>Connect-Imap mail.example.org -Credential alice -Proxy socks5://gate.example.org -ProxyCredential robot</code>
/// <para>Asks for the proxy's password, connects through it, then asks for alice's password.</para>
/// </example>
/// <seealso cref="ResolveImapServerCommand"/>
[Cmdlet(VerbsCommunications.Connect, "Imap", DefaultParameterSetName = PasswordSet, SupportsShouldProcess = true,
    HelpUri = HelpPages.Reference + "Connect-Imap.md")]
[OutputType(typeof(ImapSession))]
public sealed class ConnectImapCommand : OpeningCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            CurrentSession.Leave(this);
            Enter(Open());
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }
    }

    private void Enter(SessionConnection session)
    {
        if (SessionStore.All.LastOrDefault(open => open != session && SessionStore.IsSame(open.Handle.Name, session.Handle.Name))
            is { } namesake)
        {
            WriteWarning($"Another open session, with the id {namesake.Handle.Id}, has the name '{session.Handle.Name}' "
                + "as well. The name now refers to the new session.");
        }

        WriteObject(session.Handle);
    }
}
