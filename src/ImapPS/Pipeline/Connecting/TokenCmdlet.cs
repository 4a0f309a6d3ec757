using System.Management.Automation;
using System.Net;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.OAuth;
using ImapPS.Pipeline.Base;

namespace ImapPS.Pipeline.Connecting;

/// <summary>Gets access tokens (RFC 6749): what Connect-Imap and Get-ImapAccessToken have in common.</summary>
public abstract class TokenCmdlet : ImapCmdlet
{
    private protected const string OAuthSet = "OAuth";

    /// <summary>
    /// Specifies who issues the access token: Microsoft365, Google, Yahoo, or the URL of any other issuer (OpenID Connect Discovery). The
    /// user logs in in the browser of this computer, unless -DeviceCode, -ClientSecret, -ClientCertificate or -RefreshToken is given.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = OAuthSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ProviderCompleter))]
    public string? OAuth { get; set; }

    /// <summary>Specifies the ID under which the application is registered with the issuer.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OAuthSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? ClientId { get; set; }

    /// <summary>
    /// Specifies the tenant of Microsoft 365: its ID or one of its domains. The default is the organization of whoever logs in. A personal
    /// account needs consumers.
    /// </summary>
    [Parameter(ParameterSetName = OAuthSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? TenantId { get; set; }

    /// <summary>
    /// Specifies what to ask for. The default is what the provider wants for IMAP; for any other issuer, offline_access openid.
    /// </summary>
    [Parameter(ParameterSetName = OAuthSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[]? Scope { get; set; }

    /// <summary>
    /// Indicates that the user logs in on any other device (RFC 8628). A warning shows the address to open there, and the code to enter.
    /// Google and Yahoo do not allow this for mail.
    /// </summary>
    [Parameter(ParameterSetName = OAuthSet)]
    public SwitchParameter DeviceCode { get; set; }

    /// <summary>
    /// Specifies the secret of the application: a SecureString, or text. The application then logs in by itself, without a user, and
    /// -UserName names the mailbox. With -DeviceCode or -RefreshToken, and with Google and Yahoo, a user logs in as without the secret.
    /// </summary>
    [Parameter(ParameterSetName = OAuthSet)]
    [ValidateNotNull]
    [SecretTransformation]
    public SecureString? ClientSecret { get; set; }

    /// <summary>
    /// Specifies the certificate of the application, with its private key. It takes the place of -ClientSecret: the application signs with
    /// it (RFC 7523).
    /// </summary>
    [Parameter(ParameterSetName = OAuthSet)]
    [ValidateNotNull]
    public X509Certificate2? ClientCertificate { get; set; }

    /// <summary>
    /// Specifies the refresh token of an earlier login: a SecureString, or text. Nobody has to log in then. Get-ImapAccessToken emits it.
    /// With rotation, each use ends the token, and the issuer sends another one. Then keep the output of Get-ImapAccessToken, connect with
    /// it, and store its RefreshToken again after use.
    /// </summary>
    [Parameter(ParameterSetName = OAuthSet)]
    [ValidateNotNull]
    [SecretTransformation]
    public SecureString? RefreshToken { get; set; }

    /// <summary>
    /// Specifies the user name: the address of the mailbox. The default is the user of the URL or of -Credential, or else whom the access
    /// token names.
    /// </summary>
    [Parameter]
    [Alias("User")]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? UserName { get; set; }

    /// <summary>Specifies how long to wait for the server's answer, in seconds, from 1 to 3600.</summary>
    [Parameter]
    [ValidateRange(1, 3_600)]
    [PSDefaultValue(Value = 60)]
    public int TimeoutSeconds { get; set; } = 60;

    /// <summary>Where the tokens come from that the parameters describe.</summary>
    /// <param name="mailbox">The user name, as far as it is known.</param>
    private protected FlowTokens Flow(string? mailbox)
    {
        if (ClientSecret is not null && ClientCertificate is not null)
        {
            throw Failures.Contradiction(nameof(ClientSecret), nameof(ClientCertificate));
        }

        if (DeviceCode && RefreshToken is not null) throw Failures.Contradiction(nameof(DeviceCode), nameof(RefreshToken));

        Provider provider = Provider.Find(OAuth!, TenantId);
        if (DeviceCode && provider.DeviceObstacle is { } obstacle) throw Failures.DeviceCodeUseless(obstacle);

        var request = new TokenRequest(provider, ClientId!)
        {
            Scope = Scope is null ? null : string.Join(" ", Scope),
            UserName = mailbox,
            UsesDeviceCode = DeviceCode,
            ClientSecret = Plain(ClientSecret),
            Certificate = ClientCertificate,
            RefreshToken = Plain(RefreshToken),
            TimeoutSeconds = TimeoutSeconds,
        };
        if (request.IsForApplication && provider.IsAnyTenant) throw Failures.TenantNeeded();
        if (request.IsForApplication && mailbox is null) throw Failures.MailboxNeeded();

        return new FlowTokens(request);
    }

    private static string? Plain(SecureString? secret) => secret is null ? null : new NetworkCredential(string.Empty, secret).Password;
}
