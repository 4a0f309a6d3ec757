using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Duende.IdentityModel;
using Duende.IdentityModel.Client;
using ImapPS.Errors;
using ImapPS.Sessions;

namespace ImapPS.OAuth;

/// <summary>
/// The login in the browser: authorization code (RFC 6749, 4.1) with PKCE (RFC 7636) and a loopback redirect (RFC 8252).
/// </summary>
internal sealed class BrowserFlow(TokenRequest request, Issuer issuer)
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    public async Task<Token> RunAsync(IPipelineCaller caller, CancellationToken cancellationToken)
    {
        string state = CryptoRandom.CreateUniqueId();
        string verifier = CryptoRandom.CreateUniqueId(64);
        using LoopbackListener listener = LoopbackListener.Start(request.Provider.LoopbackHost);
        caller.Verbose("Opening the browser for the login.");
        SystemBrowser.Open(Address(listener.Address, state, verifier));
        CallbackAnswer answer = await WaitAsync(listener, state, cancellationToken).ConfigureAwait(false);

        // RFC 9207: a code of another issuer is given to nobody.
        if (answer.Issuer is { } other && !issuer.IsItself(other)) throw Failures.AnswerOfAnother(request.Provider.Host);
        if (!string.IsNullOrEmpty(answer.Error) || string.IsNullOrEmpty(answer.Code))
        {
            throw Failures.IssuerRefused(request.Provider.Host, request.UserName, answer.Error ?? "no code",
                answer.ErrorDescription ?? string.Empty);
        }

        return await issuer.RedeemAsync(answer.Code!, verifier, listener.Address, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<CallbackAnswer> WaitAsync(LoopbackListener listener, string state, CancellationToken cancellationToken)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(_patience);
        try
        {
            return await listener.WaitAsync(state, limited.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw Failures.NobodyLoggedIn(_patience, late);
        }
    }

    private Uri Address(string redirect, string state, string verifier)
    {
        var more = new Parameters();
        foreach (KeyValuePair<string, string> parameter in request.Provider.Parameters) more.Add(parameter.Key, parameter.Value);
        return new Uri(new RequestUrl(issuer.AuthorizeEndpoint).CreateAuthorizeUrl(
            request.ClientId,
            OidcConstants.ResponseTypes.Code,
            scope: request.AskedScope,
            redirectUri: redirect,
            state: state,
            loginHint: request.UserName,
            codeChallenge: Base64Url.Hash(Encoding.ASCII.GetBytes(verifier)),
            codeChallengeMethod: OidcConstants.CodeChallengeMethods.Sha256,
            extra: more));
    }
}
