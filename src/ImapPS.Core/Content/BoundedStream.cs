using System;
using System.IO;
using System.Threading;

namespace ImapPS.Content;

/// <summary>Reads streams that may hold more than anybody wants.</summary>
internal static class BoundedStream
{
    private const int Step = 81_920;

    /// <summary>What a stream holds, up to a limit.</summary>
    public static (byte[] Bytes, int Count, bool IsWhole) Read(Stream stream, int most, CancellationToken cancellationToken)
    {
        byte[] bytes = new byte[Math.Min(most, Step)];
        int count = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (count == bytes.Length)
            {
                if (count == most) return (bytes, count, stream.ReadByte() < 0);

                Array.Resize(ref bytes, (int)Math.Min(most, bytes.Length * 2L));
            }

            int read = stream.Read(bytes, count, bytes.Length - count);
            if (read == 0) return (bytes, count, true);

            count += read;
        }
    }
}
