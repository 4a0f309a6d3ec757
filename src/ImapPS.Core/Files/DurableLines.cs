using System;
using System.Collections.Generic;
using System.IO;

namespace ImapPS.Files;

/// <summary>Lines at the end of a file, all of them on the disk or none.</summary>
internal static class DurableLines
{
    public const byte End = (byte)'\n';

    /// <summary>Appends lines, and returns when the disk has them. When that fails, it has none of them.</summary>
    /// <param name="file">The file, which nobody else writes to.</param>
    /// <param name="lines">The lines, without their ends.</param>
    public static void Append(FileStream file, IEnumerable<byte[]> lines)
    {
        using var octets = new MemoryStream();
        foreach (byte[] line in lines)
        {
            octets.Write(line, 0, line.Length);
            octets.WriteByte(End);
        }

        long end = file.Seek(0, SeekOrigin.End);
        try
        {
            octets.WriteTo(file);
            file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            TryTruncate(file, end);
            throw;
        }
    }

    private static void TryTruncate(FileStream file, long length)
    {
        try
        {
            file.SetLength(length);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // Why the lines were not written is told; this would only cover it. Whoever reads them passes over what is left.
        }
    }
}
