using System;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Folders;
using ImapPS.Transfers;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>MailKit's client with folders that let a download go elsewhere than into memory.</summary>
internal sealed class StreamingClient(SessionLog log) : ImapClient(log)
{
    private readonly Dictionary<string, StreamingFolder> _uncommon = new(StringComparer.Ordinal);

    /// <summary>The socket below the connection.</summary>
    public Socket? Socket { get; set; }

    /// <summary>True when the server has ended the connection, or said something unasked, which before a login is a BYE.</summary>
    public bool HasEnded
    {
        get
        {
            try
            {
                return Socket is null || Socket.Poll(0, SelectMode.SelectRead);
            }
            catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
            {
                return true;
            }
        }
    }

    /// <summary>
    /// The folder of that path whose name on the line is not as MailKit would write it, so that it would not find it; null for any other.
    /// </summary>
    public IMailFolder? FindUncommon(string path) => _uncommon.TryGetValue(path, out StreamingFolder? folder) ? folder : null;

    /// <inheritdoc/>
    protected override ImapFolder CreateImapFolder(ImapFolderConstructorArgs args)
    {
        if (log.Names.Take(args.FullName, args.DirectorySeparator) is not { } encoded) return new StreamingFolder(args);

        string path = FolderNameEncoding.Decode(encoded);
        var folder = new StreamingFolder(args, path);
        _uncommon[path] = folder;
        return folder;
    }
}

/// <summary>A folder whose downloads go, as they arrive, where <see cref="Sink"/> says.</summary>
internal sealed class StreamingFolder : ImapFolder
{
    public StreamingFolder(ImapFolderConstructorArgs args)
        : base(args)
    {
    }

    /// <param name="args">What MailKit knows of it. It sends the name as it came, whatever the path.</param>
    /// <param name="path">Its path, where MailKit makes another one of its name.</param>
    public StreamingFolder(ImapFolderConstructorArgs args, string path)
        : base(args)
    {
        FullName = path;
        Name = FolderNames.Leaf(path, args.DirectorySeparator);
    }

    /// <summary>
    /// The stream for the octets of a message, whose UID is null when the server names it only after them. Set for the length of
    /// one command; without it, or where it returns null, they go to memory.
    /// </summary>
    public Func<UniqueId?, Stream?>? Sink { get; set; }

    /// <summary>
    /// Opens the folder. READ-WRITE is something that servers should say (RFC 9051, 6.3.2), and some do not: a folder that was opened
    /// for writing is writable unless the server says READ-ONLY. MailKit would use it for nothing.
    /// </summary>
    public override async Task<FolderAccess> OpenAsync(FolderAccess access, CancellationToken cancellationToken = default)
    {
        FolderAccess opened = await base.OpenAsync(access, cancellationToken).ConfigureAwait(false);
        if (opened != FolderAccess.None) return opened;

        Access = access;
        return access;
    }

    /// <inheritdoc/>
    protected override Stream CreateStream(UniqueId? uid, string section, int offset, int length)
    {
        Stream stream = Sink?.Invoke(uid) ?? base.CreateStream(uid, section, offset, length);
        if (stream is IncomingStream incoming) incoming.Announced = length;
        return stream;
    }
}
