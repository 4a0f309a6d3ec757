using System;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>
/// Compresses a connection (COMPRESS=DEFLATE, RFC 4978). Only after the login: a password in one stream with text that others choose could
/// be guessed from the length of the whole. What is inflated passes by the log, and so by what bounds the server's answers.
/// </summary>
internal static class Compression
{
    /// <summary>
    /// A line with a shorter round trip is mostly a fast one, and to deflate and inflate pays only below some 10 megabytes a second.
    /// </summary>
    private static readonly TimeSpan _slow = TimeSpan.FromMilliseconds(20);

    /// <summary>Whether a connection is to be compressed if the server can.</summary>
    /// <param name="wanted">What the user says.</param>
    /// <param name="peer">What this computer is connected to: the server, or a proxy; null for nobody knows.</param>
    /// <param name="roundTrip">How long the server's quickest answer took.</param>
    public static bool IsWanted(ImapCompression wanted, IPAddress? peer, TimeSpan? roundTrip) => wanted switch
    {
        ImapCompression.On => true,
        ImapCompression.Off => false,
        _ => roundTrip >= _slow && peer is not null && !IsThisComputer(peer),
    };

    /// <summary>Compresses a connection on which somebody has just logged in, if that is wanted and the server can.</summary>
    public static async Task TryStartAsync(StreamingClient client, ConnectionSettings settings, SessionLog log, Action<string> tell,
        CancellationToken cancellationToken)
    {
        if (!client.Capabilities.HasFlag(ImapCapabilities.Compress) || client.Memory.Lacking.HasFlag(ImapCapabilities.Compress)) return;

        // What a proxy on this computer leads to may be far away; what is behind it is measured.
        IPAddress? peer = settings.Route.Proxy is not null ? IPAddress.Any : client.Peer;
        if (!IsWanted(settings.Compression, peer, client.RoundTrip)) return;

        log.Clear();
        try
        {
            await client.CompressAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ImapCommandException refused)
        {
            // Nothing is lost but octets. Another connection need not ask again, unless it was only not the time for it.
            if (!NotNow.Is(log.Rejections, refused.ResponseText)) client.Memory.Lacks(ImapCapabilities.Compress);
            tell($"The server refuses to compress: {DisplayText.Printable(refused.ResponseText)}");
            return;
        }

        // It says so where TLS does it already: MailKit then goes on as before.
        if (log.Rejections.Contains("COMPRESSIONACTIVE", StringComparer.Ordinal)) return;

        client.SetCompressed();

        tell(string.Format(CultureInfo.InvariantCulture, "The connection is compressed. The server's quickest answer took {0:0.0} ms.",
            client.RoundTrip?.TotalMilliseconds ?? 0));
    }

    /// <summary>
    /// Learns from the end of a connection: one that breaks before anything came through compressed may do so since it is compressed.
    /// </summary>
    public static void Doubt(ImapClient? broken)
    {
        if (broken is StreamingClient { IsCompressed: true } client && !client.Memory.IsProven(ImapCapabilities.Compress))
        {
            client.Memory.Lacks(ImapCapabilities.Compress);
        }
    }

    /// <summary>Learns from work that has come to its end.</summary>
    public static void Trust(ImapClient used)
    {
        if (used is StreamingClient { IsHeardCompressed: true } client) client.Memory.Prove(ImapCapabilities.Compress);
    }

    private static bool IsThisComputer(IPAddress peer) => IPAddress.IsLoopback(peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer);
}
