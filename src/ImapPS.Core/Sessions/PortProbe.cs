using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Security;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Transfers;

namespace ImapPS.Sessions;

/// <summary>What a port speaks.</summary>
/// <param name="Name">The protocol; null when that cannot be told.</param>
/// <param name="IsInTls">True when it speaks TLS from the first octet.</param>
internal sealed record PortFinding(string? Name, bool IsInTls);

/// <summary>
/// Finds out what a port speaks that does not speak as it was asked to, on connections of its own. Nothing is sent but a TLS greeting and
/// one harmless line, so it does not matter whose certificate the server shows.
/// </summary>
/// <param name="address">The server.</param>
/// <param name="route">The way to it.</param>
internal sealed class PortProbe(ServerAddress address, Route route)
{
    /// <summary>After so long without a word a server is suspected of waiting for something else.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>IMAP answers it, and HTTP cannot understand it and says so.</summary>
    private static readonly byte[] _line = Encoding.ASCII.GetBytes("A0 CAPABILITY\r\n\r\n");

    /// <summary>Looks in the way that the server is likely to speak, and then in the other.</summary>
    /// <param name="isSilentInClear">True when it is known that the server does not speak first in clear.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What it speaks; null when it does not tell.</returns>
    public async Task<PortFinding?> LookAsync(bool isSilentInClear, CancellationToken cancellationToken) =>
        (isSilentInClear ? null : await InClearAsync(sends: false, cancellationToken).ConfigureAwait(false))
        ?? await InTlsAsync(cancellationToken).ConfigureAwait(false)
        ?? await InClearAsync(sends: true, cancellationToken).ConfigureAwait(false);

    /// <summary>What the server says by itself, or to a line.</summary>
    private Task<PortFinding?> InClearAsync(bool sends, CancellationToken cancellationToken) =>
        OnStreamAsync(
            async (stream, brief) =>
            {
                if (sends) await stream.WritePartAsync(_line, 0, _line.Length, brief).ConfigureAwait(false);
                return SpokenProtocol.Name(await FirstAsync(stream, brief).ConfigureAwait(false)) is { } name
                    ? new PortFinding(name, IsInTls: false) : null;
            },
            cancellationToken);

    private Task<PortFinding?> InTlsAsync(CancellationToken cancellationToken) =>
        OnStreamAsync(
            async (stream, brief) =>
            {
                var heard = new HeardStream(stream);
#pragma warning disable CA5359 // It only asks whether the port speaks TLS: nothing that matters is sent.
                using var tls = new SslStream(heard, leaveInnerStreamOpen: true, (_, _, _, _) => true);
#pragma warning restore CA5359
                try
                {
                    await HandshakeAsync(tls, brief).ConfigureAwait(false);
                }
                catch (Exception refused) when (refused is IOException or System.Security.Authentication.AuthenticationException)
                {
                    return SpokenProtocol.Name(heard.First) is { } inClear ? new PortFinding(inClear, IsInTls: false) : null;
                }

                return new PortFinding(await NameInTlsAsync(tls, brief).ConfigureAwait(false), IsInTls: true);
            },
            cancellationToken);

    private static async Task<string?> NameInTlsAsync(SslStream tls, CancellationToken cancellationToken)
    {
        Task<IReadOnlyCollection<byte>> first = FirstAsync(tls, cancellationToken);
        try
        {
            await Task.WhenAny(first, Task.Delay(TimeSpan.FromTicks(Patience.Ticks / 2), cancellationToken)).ConfigureAwait(false);
            if (!first.IsCompleted) await tls.WritePartAsync(_line, 0, _line.Length, cancellationToken).ConfigureAwait(false);
            return SpokenProtocol.Name(await first.ConfigureAwait(false));
        }
        catch (Exception silent) when (Translation.ConnectionIsGone(silent))
        {
            return null;
        }
    }

    private async Task<PortFinding?> OnStreamAsync(Func<Stream, CancellationToken, Task<PortFinding?>> look,
        CancellationToken cancellationToken)
    {
        using var brief = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        brief.CancelAfter(Patience);
        try
        {
            using Line line = await Dialer.DialAsync(address, route, _ => { }, brief.Token).ConfigureAwait(false);

            // Streams of .NET Framework cannot be cancelled otherwise.
            using CancellationTokenRegistration closing = brief.Token.Register(line.Socket.Dispose);
            return await look(line.Stream, brief.Token).ConfigureAwait(false);
        }
        catch (Exception unknown) when (unknown is ImapException || Translation.ConnectionIsGone(unknown))
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private Task HandshakeAsync(SslStream tls, CancellationToken cancellationToken) =>
#if NET
        tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = address.Host }, cancellationToken);
#else
        tls.AuthenticateAsClientAsync(address.Host, clientCertificates: null, System.Security.Authentication.SslProtocols.Tls12,
            checkCertificateRevocation: false);
#endif

    private static async Task<IReadOnlyCollection<byte>> FirstAsync(Stream stream, CancellationToken cancellationToken)
    {
        byte[] first = new byte[128];
        int count = await stream.ReadSomeAsync(first, cancellationToken).ConfigureAwait(false);
        return new ArraySegment<byte>(first, 0, count);
    }
}
