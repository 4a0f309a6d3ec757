using System;
using System.IO;
using System.Net.Sockets;

namespace ImapPS.Sessions;

/// <summary>A connection to a server, on which nothing has been said yet.</summary>
/// <param name="Socket">What it ends at on this computer.</param>
/// <param name="Stream">What is said on it: that of the socket, or one in TLS to a proxy.</param>
internal sealed record Line(Socket Socket, Stream Stream) : IDisposable
{
    /// <summary>True when what is said goes straight into the socket.</summary>
    public bool IsBare => Stream is NetworkStream;

    public static Line Of(Socket socket) => new(socket, new NetworkStream(socket, ownsSocket: false));

    public void Dispose()
    {
        Stream.Dispose();
        Socket.Dispose();
    }
}
