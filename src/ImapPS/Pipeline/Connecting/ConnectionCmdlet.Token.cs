using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.OAuth;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Connecting;

/// <content>A login with an access token.</content>
public abstract partial class ConnectionCmdlet
{
    private protected const string PasswordSet = "Password";
    private protected const string AccessTokenSet = "AccessToken";

    private TokenSource? _tokens;

    /// <summary>
    /// Specifies the access token (OAuth 2.0): a SecureString, text, the output of Get-ImapAccessToken, or an object of another module with
    /// the property AccessToken or Token. A script block is asked for a token whenever one is needed, so that it works for as long as the
    /// session: { (Get-AzAccessToken -ResourceUrl https://outlook.office365.com).Token }.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = AccessTokenSet, ValueFromPipeline = true)]
    [AccessTokenTransformation]
    public object? AccessToken { get; set; }

    /// <summary>The server of the provider, where that is known.</summary>
    private string? ProviderServer => ParameterSetName == OAuthSet ? Provider.ServerOf(OAuth) : null;

    private bool UsesToken => ParameterSetName is AccessTokenSet or OAuthSet;

    /// <summary>Where the tokens of the session come from; null when it needs none.</summary>
    private TokenSource? Tokens(ServerAddress address) => ParameterSetName switch
    {
        AccessTokenSet => Given(),
        OAuthSet => Flow(Mailbox(address)),
        _ => null,
    };

    private TokenSource Given()
    {
        TokenSource source = GivenToken.Of(AccessToken).Source;
        if (source is FlowTokens flow) flow.TimeoutSeconds = TimeoutSeconds;
        return source;
    }

    /// <summary>The user name, as far as the parameters say it.</summary>
    private string? Mailbox(ServerAddress address) =>
        NotEmpty(UserName) ?? address.UserName ?? NotEmpty(Credential?.UserName);

    /// <summary>Gets the first token, and finds out whose it is.</summary>
    private static async Task<Identity> IdentifyAsync(TokenSource tokens, string? mailbox, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        Token token = await tokens.PrepareAsync(writer, cancellationToken).ConfigureAwait(false);
        return new Identity(mailbox ?? token.UserName ?? throw Failures.UserNameMissing()) { Tokens = tokens };
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
