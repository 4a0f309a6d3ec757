using System.Management.Automation;
using ImapPS.Binding;
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
    /// Specifies the SASL mechanism for the login. The default is the best that the server offers. If the server refuses a SCRAM mechanism
    /// before it sees a proof of the password, the cmdlet tries the next one. If the server refuses the proof, the error is
    /// AuthenticationFailed. PLAIN and LOGIN send the password itself.
    /// </summary>
    [Parameter]
    [ValidateSet("SCRAM-SHA-512-PLUS", "SCRAM-SHA-256-PLUS", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-512", "SCRAM-SHA-256", "SCRAM-SHA-1",
        "CRAM-MD5", "PLAIN", "LOGIN")]
    public string? Mechanism { get; set; }

    /// <summary>Who logs in; null for someone who is to be asked.</summary>
    private Identity? KnownIdentity() => CredentialPrompt.Complete(Credential);
}
