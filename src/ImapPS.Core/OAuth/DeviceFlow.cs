using System;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using Duende.IdentityModel.Client;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.OAuth;

/// <summary>
/// The login on another device (RFC 8628): a code and an address are shown, and the issuer is asked until somebody has used them.
/// </summary>
internal sealed class DeviceFlow(TokenRequest request, Issuer issuer)
{
    private const double DefaultInterval = 5;
    private const double DefaultLifetime = 900;

    /// <summary>A day, in seconds. Nobody waits longer.</summary>
    private const double Longest = 86_400;

    public async Task<Token> RunAsync(IPipelineCaller caller, CancellationToken cancellationToken)
    {
        DeviceAuthorizationResponse begun = await issuer.BeginDeviceAsync(cancellationToken).ConfigureAwait(false);
        double lifetime = Math.Min(Issuer.Seconds(begun, "expires_in") ?? DefaultLifetime, Longest);
        DateTimeOffset end = DateTimeOffset.UtcNow.AddSeconds(lifetime);
        TimeSpan interval = TimeSpan.FromSeconds(Math.Min(Issuer.Seconds(begun, "interval") ?? DefaultInterval, lifetime));

        // As Connect-AzAccount does: a warning is on the screen and in the log of a job as well.
        caller.Warning(string.Format(CultureInfo.InvariantCulture, "To log in, open {0} in a browser and enter the code {1}. It is good "
            + "for {2}.",
            begun.VerificationUri, begun.UserCode, DisplayText.Count((long)Math.Max(1, lifetime / 60), "minute")));
        while (DateTimeOffset.UtcNow < end)
        {
            await Task.Delay(interval, cancellationToken).ConfigureAwait(false);
            (Token? token, bool isTooFast) = await issuer.PollDeviceAsync(begun.DeviceCode!, cancellationToken).ConfigureAwait(false);
            if (token is not null) return token;

            // RFC 8628, 3.5.
            if (isTooFast) interval += TimeSpan.FromSeconds(5);
        }

        throw Failures.IssuerRefused(request.Provider.Host, request.UserName, "expired_token", string.Empty);
    }
}
