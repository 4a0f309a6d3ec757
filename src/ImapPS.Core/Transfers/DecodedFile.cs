using System;
using System.IO;
using ImapPS.Content;
using ImapPS.Files;
using MimeKit;
using MimeKit.IO;

namespace ImapPS.Transfers;

/// <summary>The file of a part, which is decoded while it is written.</summary>
internal sealed class DecodedFile(string directory, ContentEncoding encoding) : IDisposable
{
    private PendingFile? _file;

    /// <summary>Opens it, for the octets as the server has them.</summary>
    public Stream Open()
    {
        Dispose();
        _file = new PendingFile(directory);
        if (PartContent.Decoder(encoding) is not { } decoder) return _file;

        var decoded = new FilteredStream(_file);
        decoded.Add(decoder);
        return decoded;
    }

    /// <summary>Writes what has come whole, and gives the file its name; returns its place.</summary>
    public FilePlace Commit(HeldOctets octets, FilePlace place, DateTimeOffset? time, bool overwrite)
    {
        // The decoder holds the last octets until it is told that there are no more.
        octets.ToFile(Open).Flush();
        return place.Commit(_file!, time, overwrite);
    }

    public void Dispose() => _file?.Dispose();
}
