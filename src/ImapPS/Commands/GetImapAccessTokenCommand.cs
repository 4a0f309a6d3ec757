using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.OAuth;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Connecting;

namespace ImapPS.Commands;

/// <summary>Gets an access token (OAuth 2.0) for Connect-Imap.</summary>
/// <remarks>
/// <para>
/// Connect-Imap -OAuth gets a token by itself. This cmdlet gets it apart from the connection: to keep the refresh token for a later run, to
/// open several sessions after one login, or to see what the issuer grants.
/// </para>
/// <para>
/// The output holds the access token and the refresh token as SecureStrings. Connect-Imap -AccessToken takes it, also from the pipeline and
/// after Export-Clixml, and renews the access token with the refresh token. The module stores no secret on disk. To keep the refresh token,
/// give it to Set-Secret (Microsoft.PowerShell.SecretManagement). On Linux and macOS, Export-Clixml does not encrypt a SecureString.
/// </para>
/// <para>
/// By default the browser of this computer opens, and the user logs in there (authorization code with PKCE, RFC 7636; loopback redirect,
/// RFC 8252). With -DeviceCode a warning shows an address and a code for any other device (RFC 8628). With -ClientSecret or
/// -ClientCertificate an application logs in without a user (client credentials). With -RefreshToken nobody has to log in.
/// </para>
/// </remarks>
/// <notes>
/// Errors: ArgumentInvalid, AuthenticationFailed, ConnectionFailed, ServerBusy, Timeout, NotSupportedByServer, PlaintextRefused,
/// ProtocolError.
/// </notes>
/// <example>
/// <code>$token = Get-ImapAccessToken -OAuth Microsoft365 -ClientId $clientId
/// $token | Connect-Imap outlook.office365.com</code>
/// <para>Opens the browser for the login, and connects to the mailbox of the user who logged in.</para>
/// </example>
/// <example>
/// <code>$token = Get-ImapAccessToken -OAuth Microsoft365 -ClientId $clientId -TenantId contoso.example -DeviceCode
/// Set-Secret mail-refresh $token.RefreshToken
/// Connect-Imap -OAuth Microsoft365 -ClientId $clientId -TenantId contoso.example -RefreshToken (Get-Secret mail-refresh)</code>
/// <para>Logs in once on another device, and keeps the refresh token for later runs, which need no login.</para>
/// </example>
/// <example>
/// <code>$application = @{ OAuth = 'Microsoft365'; ClientId = $clientId; TenantId = $tenant; ClientCertificate = $certificate }
/// Get-ImapAccessToken @application -UserName robot@contoso.example</code>
/// <para>Gets a token for a job that runs without a user, and opens the mailbox of robot.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ImapAccessToken", DefaultParameterSetName = OAuthSet, HelpUri = HelpPages.Reference + "Get-ImapAccessToken.md")]
[OutputType(typeof(ImapAccessToken))]
public sealed class GetImapAccessTokenCommand : TokenCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            FlowTokens tokens = Flow(string.IsNullOrEmpty(UserName) ? null : UserName);
            Run((writer, cancellationToken) => EmitAsync(tokens, writer, cancellationToken));
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }
    }

    private static async Task EmitAsync(FlowTokens tokens, PipelineWriter writer, CancellationToken cancellationToken)
    {
        Token token = await tokens.PrepareAsync(writer, cancellationToken).ConfigureAwait(false);
        await writer.WriteObjectAsync(tokens.Describe(token), cancellationToken).ConfigureAwait(false);
    }
}
