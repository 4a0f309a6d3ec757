using System.Management.Automation;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Models;
using ImapPS.OAuth;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Connecting;

/// <summary>Opens a connection to a server: which one, how it is secured, and who logs in.</summary>
public abstract partial class ConnectionCmdlet : TokenCmdlet
{
    /// <summary>
    /// Specifies the server: a host name, an IP address, or a URL of the form imap(s)://[user@]host[:port] (RFC 5092). imaps means TLS on
    /// port 993. imap means STARTTLS on port 143. The address of a mailbox, such as alice@contoso.example, is also possible. Its server is
    /// then found (Resolve-ImapServer). With -OAuth, the default is the server of the provider.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PasswordSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = AccessTokenSet)]
    [Parameter(Position = 0, ParameterSetName = OAuthSet)]
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

    /// <summary>How to connect there, and who logs in.</summary>
    private protected ConnectionSettings Settings(ServerAddress address)
    {
        CheckLogin();
        _tokens = Tokens(address);
        return WithLogin(new ConnectionSettings(address, UsesToken ? null : KnownIdentity(address))
        {
            Trust = CheckedTrust(address),
            Route = CheckedRoute(address),
            TimeoutSeconds = TimeoutSeconds,
            UsesToken = UsesToken,
        });
    }

    /// <summary>What happens while the connection is opened: the user is told, and asked for what is not known.</summary>
    private protected Opening Opening(ServerAddress address, PipelineWriter writer)
    {
        TokenSource? tokens = _tokens;
        string? mailbox = Mailbox(address);
        return new Opening(
            writer.Verbose,
            stop => tokens is null ? AskAsync(address, writer, stop) : IdentifyAsync(tokens, mailbox, writer, stop))
        {
            Caller = writer,
        };
    }

    private Task<Identity> AskAsync(ServerAddress address, PipelineWriter writer, CancellationToken cancellationToken)
    {
        Advise(address, writer);
        return new CredentialPrompt(address, Credential ?? Named(), Host).AskAsync(writer, cancellationToken);
    }

    private PSCredential? Named() => NotEmpty(UserName) is { } user ? new PSCredential(user, new SecureString()) : null;
}
