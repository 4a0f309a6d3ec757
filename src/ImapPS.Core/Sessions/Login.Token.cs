using System;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using MailKit.Net.Imap;
using MailKit.Security;

namespace ImapPS.Sessions;

/// <content>A login with an access token: SASL OAUTHBEARER (RFC 7628), or XOAUTH2, which came before it.</content>
internal sealed partial class Login
{
    private async Task LogInWithTokenAsync(ImapClient client, Identity identity, CancellationToken cancellationToken)
    {
        TokenLogin.Examine(client, settings);
        string mechanism = TokenLogin.Mechanism(client, settings.Mechanism)!;
        string token = identity.Token!.Value;
        Tried = mechanism;
        tell($"Logging in as {Who(identity)} with {mechanism}.");

        // The user that a token is sent with is the one whose mailbox is opened (RFC 7628, 3.1).
        string user = settings.AuthorizationId ?? identity.UserName;
        int accepted = log.Accepted;
        try
        {
            SaslMechanism sasl = mechanism == "XOAUTH2"
                ? new SaslMechanismOAuth2(user, token)
                : new SaslMechanismOAuthBearer(user, token);
            await UnreadableResponseException.FromAsync(() => client.AuthenticateAsync(sasl, cancellationToken)).ConfigureAwait(false);
        }
        catch (AuthenticationException refused)
        {
            string words = log.Refusal ?? string.Empty;
            throw NotNow.Is(log.Rejections, words) ? Failures.ServerBusy(Address.Host, words, refused)
                : Failures.TokenRefused(new TokenRefusal(Address.Host, user, identity.Token, words, log.Challenge), refused);
        }
        catch (Exception lost) when (Translation.ConnectionIsGone(lost) && !cancellationToken.IsCancellationRequested)
        {
            IsAccepted = log.Accepted > accepted;
            throw Lost(lost);
        }
        catch (ImapCommandException refused)
        {
            // The login was accepted, and the mailbox is not to be had.
            IsAccepted = true;
            throw Translation.Translate(refused, log.Rejections);
        }
    }
}
