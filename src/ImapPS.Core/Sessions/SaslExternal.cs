using System.Net;
using System.Text;
using System.Threading;
using MailKit.Security;

namespace ImapPS.Sessions;

/// <summary>SASL EXTERNAL (RFC 4422, appendix A), which MailKit lacks: the client certificate says who it is.</summary>
/// <param name="userName">Who it is, for MailKit's own use; it is not sent.</param>
/// <param name="authorizationId">Whose mailbox to open; null for that of the certificate's user.</param>
internal sealed class SaslExternal(string userName, string? authorizationId) : SaslMechanism(new NetworkCredential(userName, string.Empty))
{
    /// <inheritdoc/>
    public override string MechanismName => "EXTERNAL";

    /// <inheritdoc/>
    /// <remarks>An empty one is written "=" (RFC 4959), which MailKit does not know: without one the server asks for it.</remarks>
    public override bool SupportsInitialResponse => authorizationId is not null;

    /// <inheritdoc/>
    protected override byte[]? Challenge(byte[]? token, int startIndex, int length, CancellationToken cancellationToken)
    {
        IsAuthenticated = true;
        return authorizationId is null ? [] : Encoding.UTF8.GetBytes(authorizationId);
    }
}
