using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;

namespace ImapPS.Sessions;

/// <summary>
/// Opens the socket to a server. Of several addresses the next is tried beside the one that does not answer (Happy Eyeballs, RFC 8305),
/// so that a dead one costs a quarter of a second rather than all of the time.
/// </summary>
internal static class Dialer
{
    /// <summary>The connection attempt delay that RFC 8305, section 5, recommends.</summary>
    private static readonly TimeSpan _delay = TimeSpan.FromMilliseconds(250);

    /// <summary>Connects to a server, through the proxy if there is one.</summary>
    /// <param name="address">The server.</param>
    /// <param name="route">The way to it.</param>
    /// <param name="tell">Told what is done.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <param name="witness">Sees how far it has come; null for nobody.</param>
    public static async Task<Line> DialAsync(ServerAddress address, Route route, Action<string> tell, CancellationToken cancellationToken,
        IConnectionWitness? witness = null)
    {
        if (route.Proxy is not { } proxy)
        {
            Socket socket = await ConnectAsync(address.Host, address.Port, route.Family, tell, witness, cancellationToken)
                .ConfigureAwait(false);
            witness?.Connected(socket.RemoteEndPoint);
            return Line.Of(socket);
        }

        tell($"Connecting through the proxy '{proxy}'{(proxy.Variable is null ? string.Empty : $", which {proxy.Variable} names")}.");
        Line line;
        try
        {
            line = Line.Of(await ConnectAsync(proxy.Host, proxy.Port, route.Family, tell, witness, cancellationToken)
                .ConfigureAwait(false));
        }
        catch (ImapException failed)
        {
            throw Failures.ProxyUnreachable(proxy, failed);
        }

        line = await ProxyDialog.HoldAsync(line, proxy, address, route.SkipsCheck, cancellationToken).ConfigureAwait(false);
        witness?.Connected(line.Socket.RemoteEndPoint);
        tell(string.Format(CultureInfo.InvariantCulture, "The proxy has connected to '{0}', port {1}.", address.Host, address.Port));
        return line;
    }

    /// <summary>Resolves the host, and connects to one of its addresses.</summary>
    private static async Task<Socket> ConnectAsync(string host, int port, AddressFamily? family, Action<string> tell,
        IConnectionWitness? witness, CancellationToken cancellationToken)
    {
        IReadOnlyList<IPEndPoint> endPoints = Interleave(await ResolveAsync(host, family, cancellationToken).ConfigureAwait(false), port);
        tell(string.Format(CultureInfo.InvariantCulture, "Resolved '{0}' to {1}.", host,
            string.Join(", ", endPoints.Select(endPoint => endPoint.Address))));
        witness?.Resolved(endPoints);
        try
        {
            Socket socket = await RaceAsync(endPoints, _delay, ConnectAsync, cancellationToken).ConfigureAwait(false);
            tell(string.Format(CultureInfo.InvariantCulture, "Connected to {0}.", socket.RemoteEndPoint));
            return socket;
        }
        catch (AggregateException failed)
        {
            ReadOnlyCollection<Exception> all = failed.InnerExceptions;
            string why = all.Count == 1
                ? all[0].Message
                : string.Join(" ", all.Zip(endPoints, (one, endPoint) => $"{endPoint.Address}: {one.Message}."));
            throw Failures.Unreachable(host, port, why, all[all.Count - 1]);
        }
    }

    /// <summary>Both families in turn, IPv6 first (RFC 8305, section 4).</summary>
    public static IReadOnlyList<IPEndPoint> Interleave(IEnumerable<IPAddress> addresses, int port)
    {
        List<IPEndPoint> all = [.. addresses.Distinct().Select(address => new IPEndPoint(address, port))];
        List<IPEndPoint> six = [.. all.Where(endPoint => endPoint.AddressFamily == AddressFamily.InterNetworkV6)];
        List<IPEndPoint> others = [.. all.Where(endPoint => endPoint.AddressFamily != AddressFamily.InterNetworkV6)];
        var turns = new List<IPEndPoint>();
        for (int i = 0; i < Math.Max(six.Count, others.Count); i++)
        {
            if (i < six.Count) turns.Add(six[i]);
            if (i < others.Count) turns.Add(others[i]);
        }

        return turns;
    }

    /// <summary>
    /// Tries one after the other, each a while after the one before or as soon as all before have failed. The first that connects wins;
    /// the others are given up.
    /// </summary>
    /// <typeparam name="T">What a connection is.</typeparam>
    /// <param name="endPoints">Where to connect to, the best first.</param>
    /// <param name="delay">How long after the one before.</param>
    /// <param name="connect">Connects.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="AggregateException">None connected: what became of each, in order.</exception>
    public static async Task<T> RaceAsync<T>(
        IReadOnlyList<IPEndPoint> endPoints,
        TimeSpan delay,
        Func<IPEndPoint, CancellationToken, Task<T>> connect,
        CancellationToken cancellationToken)
        where T : class, IDisposable
    {
        using var decided = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var attempts = new List<Task<T>>();
        Task<T>? winner = null;
        try
        {
            while (winner is null && (attempts.Count < endPoints.Count || attempts.Exists(attempt => !attempt.IsCompleted)))
            {
                if (attempts.Count < endPoints.Count) attempts.Add(connect(endPoints[attempts.Count], decided.Token));

                // Those under way are taken down before it is asked who has won: nobody ends unseen in between.
                List<Task<T>> underWay = [.. attempts.Where(attempt => !attempt.IsCompleted)];
                TimeSpan longest = attempts.Count < endPoints.Count ? delay : Timeout.InfiniteTimeSpan;
                if (!attempts.Exists(HasConnected)) await AnyAsync(underWay, longest, decided.Token).ConfigureAwait(false);
                winner = attempts.Find(HasConnected);
            }
        }
        finally
        {
            decided.Cancel();
            await GiveUpAsync(attempts.Where(attempt => !ReferenceEquals(attempt, winner))).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return winner is null
            ? throw new AggregateException(
                attempts.Select(attempt => attempt.Exception?.InnerException ?? new SocketException((int)SocketError.HostUnreachable)))
            : await winner.ConfigureAwait(false);
    }

    private static bool HasConnected(Task attempt) => attempt.Status == TaskStatus.RanToCompletion;

    /// <summary>Waits until one of the attempts has ended, whatever came of it, or the time is up.</summary>
    private static async Task AnyAsync<T>(List<Task<T>> attempts, TimeSpan longest, CancellationToken cancellationToken)
    {
        if (attempts.Count == 0) return;

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny([.. attempts, Task.Delay(longest, ended.Token)]).ConfigureAwait(false);
        ended.Cancel();
    }

    private static async Task GiveUpAsync<T>(IEnumerable<Task<T>> attempts)
        where T : class, IDisposable
    {
        foreach (Task<T> attempt in attempts)
        {
            try
            {
                (await attempt.ConfigureAwait(false)).Dispose();
            }
            catch (Exception failed) when (failed is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // It is the one that it was given up for, or the error that is told.
            }
        }
    }

    /// <summary>A socket of our own: MailKit's delays small writes (Nagle), which costs a round trip a command.</summary>
    private static async Task<Socket> ConnectAsync(IPEndPoint endPoint, CancellationToken cancellationToken)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
#if NET
            await socket.ConnectAsync(endPoint, cancellationToken).ConfigureAwait(false);
#else
            // .NET Framework cannot cancel a connect; closing the socket under it can.
            using (cancellationToken.Register(socket.Dispose))
            {
                await socket.ConnectAsync(endPoint).ConfigureAwait(false);
            }
#endif
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="family">The only family of addresses that is asked for; null for both.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, AddressFamily? family,
        CancellationToken cancellationToken)
    {
        IPAddress[] all = IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? literal) ? [literal]
            : await AskAsync(host, cancellationToken).ConfigureAwait(false);
        IPAddress[] fitting = [.. all.Where(address => family is null || address.AddressFamily == family)];
        return fitting.Length > 0 ? fitting : throw Failures.FamilyMissing(host, family!.Value);
    }

    private static async Task<IPAddress[]> AskAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
#if NET
            return await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
#else
            cancellationToken.ThrowIfCancellationRequested();
            return await Dns.GetHostAddressesAsync(host).ConfigureAwait(false);
#endif
        }
        catch (SocketException unknown)
        {
            throw Failures.HostUnknown(host, unknown);
        }
    }
}
