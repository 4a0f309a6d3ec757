using System;
using System.IO;

namespace ImapPS.Transfers;

/// <summary>Reads a message in one go, where it is small and lies in a file of its own.</summary>
internal static class WholeMessage
{
    /// <summary>Its octets with the line ends that IMAP wants, as <see cref="Reading.CanonicalReader"/> has them.</summary>
    /// <param name="source">Its stream, at its beginning.</param>
    /// <param name="most">How many octets it may have.</param>
    /// <returns>Null when it is larger, or its length cannot be told: then it is to be read piece by piece, from its beginning.</returns>
    public static byte[]? Read(Stream source, int most)
    {
        if (!source.CanSeek || source.Length > most) return null;

        byte[]? whole = ReadAll(source, most);
        if (whole is null) source.Position = 0;
        return whole;
    }

    private static byte[]? ReadAll(Stream source, int most)
    {
        byte[] raw = new byte[source.Length];
        int length = 0;
        while (length < raw.Length)
        {
            int read = source.Read(raw, length, raw.Length - length);
            if (read == 0) return null;

            length += read;
        }

        // One that grows has no length yet.
        if (source.ReadByte() >= 0) return null;

        int bare = BareLines(raw);
        return bare == 0 ? raw : raw.Length + bare <= most ? WithReturns(raw, bare) : null;
    }

    private static int BareLines(byte[] raw)
    {
        int bare = 0;
        for (int at = Next(raw, 0); at >= 0; at = Next(raw, at + 1))
        {
            if (at == 0 || raw[at - 1] != '\r') bare++;
        }

        return bare;
    }

    private static byte[] WithReturns(byte[] raw, int bare)
    {
        byte[] whole = new byte[raw.Length + bare];
        int length = 0;
        int start = 0;
        for (int at = Next(raw, 0); at >= 0; at = Next(raw, at + 1))
        {
            if (at > 0 && raw[at - 1] == '\r') continue;

            Copy(at);
            whole[length++] = (byte)'\r';
        }

        Copy(raw.Length);
        return whole;

        void Copy(int end)
        {
            Buffer.BlockCopy(raw, start, whole, length, end - start);
            length += end - start;
            start = end;
        }
    }

    private static int Next(byte[] raw, int start) => start < raw.Length ? Array.IndexOf(raw, (byte)'\n', start) : -1;
}
