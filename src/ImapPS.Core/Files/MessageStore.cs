using System;
using System.IO;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Files;

/// <summary>Where messages are saved, in one format.</summary>
internal abstract class MessageStore : IDisposable
{
    /// <summary>True when several messages may be written at once.</summary>
    public virtual bool TakesSeveral => true;

    /// <summary>What of a message decides about its place, or is written beside its octets.</summary>
    public abstract MessageParts Needs { get; }

    /// <summary>Finds a message its place, before it is downloaded. Throws when it may not have one.</summary>
    public abstract MessageFile Place(ImapMessage message);

    /// <summary>Ends the saving: the file that came of it, where all messages go into one.</summary>
    public virtual FileInfo? Complete() => null;

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>One message's place.</summary>
internal abstract class MessageFile
{
    /// <summary>What an error about it names.</summary>
    public abstract string Path { get; }

    /// <summary>True when an earlier run has saved it, and it need not be downloaded.</summary>
    public virtual bool IsSaved => false;

    /// <summary>Opens it. A stream that is disposed before it was committed leaves nothing.</summary>
    public abstract Stream Open();

    /// <summary>
    /// Takes the stream that was opened, and has all of the message, for good. Returns the file, where the message has one of its own.
    /// </summary>
    public abstract FileInfo? Commit(Stream stream);
}
