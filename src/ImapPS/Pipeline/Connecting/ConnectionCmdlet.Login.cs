using System;
using System.Collections;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Connecting;

/// <content>Who logs in, and how.</content>
public abstract partial class ConnectionCmdlet
{
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
    /// Specifies how the user logs in (SASL). The registered names, such as SCRAM-SHA-256, are accepted as well. The default, Auto, is
    /// the best that the server offers. If the server refuses a SCRAM mechanism before it sees a proof of the password, Auto tries the
    /// next one. If the server refuses the proof, the error is AuthenticationFailed. Plain and Login send the password itself. Auto never
    /// chooses Ntlm, Gssapi or Anonymous, and it chooses External only with -Certificate and without -Credential.
    /// </summary>
    [Parameter]
    [MechanismTransformation]
    [PSDefaultValue(Value = ImapMechanism.Auto)]
    public ImapMechanism Mechanism { get; set; }

    /// <summary>
    /// Specifies the user whose mailbox is opened, if that is not the user who logs in (the authorization identity, RFC 4616). An
    /// administrator or a master user can open any mailbox with it. The session's UserName is then this user. The ScramSha mechanisms,
    /// Plain and External can use it. Dovecot 2.3 takes it with Plain, not with ScramSha.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? AuthorizationId { get; set; }

    /// <summary>
    /// Specifies what the server is told about the program (the command ID, RFC 2971), such as @{ name = 'Archiver'; version = '2.1' }. It
    /// is sent after the login, if the server announces ID. The default is the name and the version of this module. With @{} nothing is
    /// sent; some providers then refuse to open folders.
    /// </summary>
    [Parameter]
    [AllowNull]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public IDictionary? ClientInfo { get; set; }

    /// <summary>How to log in.</summary>
    private ConnectionSettings WithLogin(ConnectionSettings settings) => settings with
    {
        AllowPlaintext = AllowPlaintext,
        Mechanism = SaslChoice.NameOf(Mechanism),
        AuthorizationId = AuthorizationId,
        ClientCertificate = CheckedCertificate(settings.Address),
        ClientInfo = MyInvocation.BoundParameters.ContainsKey(nameof(ClientInfo)) ? ClientInfoFields.Read(ClientInfo)
            : Sessions.ClientInfo.Default,
    };

    /// <summary>Refuses what says two things: nobody is to log in as another than was meant.</summary>
    private void CheckLogin()
    {
        if (NotEmpty(UserName) is { } user && NotEmpty(Credential?.UserName) is { } other && user != other)
        {
            throw Failures.Contradiction(nameof(UserName), nameof(Credential));
        }

        if (Mechanism == ImapMechanism.Auto || UsesToken == SaslChoice.TakesToken(Mechanism)) return;

        throw Failures.ArgumentInvalid(
            UsesToken ? $"The mechanism {Mechanism} takes no access token." : $"The mechanism {Mechanism} takes an access token.",
            UsesToken ? "Leave out -Mechanism, or use OAuthBearer or XOAuth2." : "Give it with -AccessToken or -OAuth.", Mechanism);
    }

    /// <summary>Who logs in; null for someone who is to be asked.</summary>
    private Identity? KnownIdentity(ServerAddress address)
    {
        if (CredentialPrompt.Complete(Credential) is { } complete) return complete;
        if (!SaslChoice.NeedsNoPassword(SaslChoice.NameOf(Mechanism))) return null;

        // Whose ticket there is, is not asked; somebody else has a password.
        if (Mechanism == ImapMechanism.Gssapi && Credential is not null) return null;

        string user = Mailbox(address) ?? Mechanism switch
        {
            ImapMechanism.External => CheckedCertificate(address)?.Name ?? string.Empty,
            ImapMechanism.Gssapi => Environment.UserName,
            _ => "anonymous",
        };
        return new Identity(user) { IsByCertificate = Mechanism == ImapMechanism.External };
    }
}
