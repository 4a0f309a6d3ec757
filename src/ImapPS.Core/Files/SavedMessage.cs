using System;
using System.IO;
using System.Threading;
using ImapPS.Content;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Files;

/// <summary>Tells whether a file is a message that an earlier run has saved.</summary>
internal static class SavedMessage
{
    /// <summary>The most that is read of a file to find its Message-ID, in octets.</summary>
    private const int MostRead = 256 * 1024;

    /// <summary>
    /// True when the file has the size, the time of receipt and the Message-ID of the message. Name, size and time alone may be another
    /// message's: notifications that a program sends in one second.
    /// </summary>
    public static bool IsIn(FileInfo file, ImapMessage message) =>
        file.Length == message.Size
        && FilePlace.HasTime(file, message.Received)
        && string.Equals(HeaderSection.MessageId(Beginning(file)), message.MessageId, StringComparison.Ordinal);

    private static byte[] Beginning(FileInfo file)
    {
        using FileStream stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        (byte[] beginning, int length, _) = BoundedStream.Read(stream, MostRead, CancellationToken.None);
        Array.Resize(ref beginning, length);
        return beginning;
    }
}
