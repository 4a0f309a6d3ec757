using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using System.Xml;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Transfers;

namespace ImapPS.Discovery;

/// <summary>
/// Reads a domain's own configuration file for mail programs. Over HTTPS alone: the certificate is what tells the domain's word from
/// anybody's.
/// </summary>
/// <param name="createHandler">Makes what speaks HTTP.</param>
/// <param name="tell">Told what is read.</param>
internal sealed class AutoconfigSource(Func<HttpMessageHandler> createHandler, Action<string> tell)
{
    /// <summary>No such file has more characters, or more octets.</summary>
    public const int Largest = 65_536;

    private const int MostRedirects = 3;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>The servers that the domain's file names; none when there is no file.</summary>
    public async Task<IReadOnlyList<ImapServer>> FindAsync(MailboxAddress mailbox, CancellationToken cancellationToken)
    {
        using var client = new HttpClient(createHandler()) { Timeout = Timeout.InfiniteTimeSpan };
        Task<IReadOnlyList<ImapServer>> own = ReadAsync(client, mailbox,
            $"https://autoconfig.{mailbox.Domain}/mail/config-v1.1.xml?emailaddress={Uri.EscapeDataString(mailbox.Text)}",
            cancellationToken);
        Task<IReadOnlyList<ImapServer>> wellKnown = ReadAsync(client, mailbox,
            $"https://{mailbox.Domain}/.well-known/autoconfig/mail/config-v1.1.xml", cancellationToken);
        IReadOnlyList<ImapServer>[] found = await Task.WhenAll(own, wellKnown).ConfigureAwait(false);
        return found[0].Count > 0 ? found[0] : found[1];
    }

    private async Task<IReadOnlyList<ImapServer>> ReadAsync(
        HttpClient client, MailboxAddress mailbox, string url, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(_patience);
        var address = new Uri(url);
        try
        {
            byte[]? file = await FetchAsync(client, address, limit.Token).ConfigureAwait(false);
            if (file is null) return [];

            using var stream = new MemoryStream(file, writable: false);
            IReadOnlyList<ImapServer> servers = AutoconfigFile.Read(stream, mailbox);
            tell($"https://{address.Host} names {DisplayText.Count(servers.Count, "server")}.");
            return servers;
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or XmlException or WebException
            || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            string why = failed is OperationCanceledException ? "it does not answer" : HttpReason.Of(failed);
            tell($"https://{address.Host} has no configuration file: {why}");
            return [];
        }
    }

    private async Task<byte[]?> FetchAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        for (int redirects = 0; ; redirects++)
        {
            using HttpResponseMessage response = await client
                .GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode == HttpStatusCode.OK)
            {
                return await BodyAsync(response, address, cancellationToken).ConfigureAwait(false);
            }

            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } location)
            {
                tell($"https://{address.Host} has no configuration file: HTTP {(int)response.StatusCode}.");
                return null;
            }

            var next = new Uri(address, location);
            bool isInCircles = redirects == MostRedirects;
            if (next.Scheme != Uri.UriSchemeHttps || isInCircles)
            {
                tell($"https://{address.Host} has no configuration file: it leads {(isInCircles ? "in circles" : "away from HTTPS")}.");
                return null;
            }

            address = next;
        }
    }

    private async Task<byte[]?> BodyAsync(HttpResponseMessage response, Uri address, CancellationToken cancellationToken)
    {
        byte[]? file = await WebAccess.ReadAsync(response, Largest, cancellationToken).ConfigureAwait(false);
        if (file is null) tell($"https://{address.Host} has no configuration file: what it sends is too long.");
        return file;
    }
}
