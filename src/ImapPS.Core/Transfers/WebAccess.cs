using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Transfers;

/// <summary>How web servers are asked, and what they send is read, which may be without an end.</summary>
internal static class WebAccess
{
    /// <summary>What speaks HTTP: it follows nothing by itself, and tells nobody who is logged in here.</summary>
    public static HttpMessageHandler CreateHandler() => new HttpClientHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseDefaultCredentials = false,
#if !NET
        // On .NET Framework the default is what ServicePointManager was last told by anyone.
        SslProtocols = System.Security.Authentication.SslProtocols.Tls12,
#endif
    };

    /// <summary>Reads the body of an answer.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="most">How many octets it may have.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The octets; null when there are more than <paramref name="most"/>.</returns>
    public static async Task<byte[]?> ReadAsync(HttpResponseMessage response, int most, CancellationToken cancellationToken)
    {
        // .NET Framework reads on whatever the token says.
        using CancellationTokenRegistration cut = cancellationToken.Register(response.Dispose);
        try
        {
#if NET
            using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
#else
            using Stream body = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
            var all = new MemoryStream();
            byte[] buffer = new byte[8_192];
            while (true)
            {
                int read = await body.ReadSomeAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read == 0) return all.ToArray();

                all.Write(buffer, 0, read);
                if (all.Length > most) return null;
            }
        }
        catch (Exception late) when (cancellationToken.IsCancellationRequested && late is not OperationCanceledException)
        {
            throw new OperationCanceledException(late.Message, late, cancellationToken);
        }
    }
}
