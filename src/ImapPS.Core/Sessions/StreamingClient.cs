using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>MailKit's client with folders that let a download go elsewhere than into memory.</summary>
internal sealed class StreamingClient(SessionLog log) : ImapClient(log)
{
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

    /// <inheritdoc/>
    protected override ImapFolder CreateImapFolder(ImapFolderConstructorArgs args) => new StreamingFolder(args);
}

/// <summary>A folder whose downloads go, as they arrive, where <see cref="Sink"/> says.</summary>
internal sealed class StreamingFolder : ImapFolder
{
    private int _told;
    private bool _hasGrown;

    /// <param name="args">What MailKit makes folders of.</param>
    public StreamingFolder(ImapFolderConstructorArgs args)
        : base(args)
    {
        CountChanged += (_, _) =>
        {
            _hasGrown |= Count > _told;
            _told = Count;
        };
    }

    /// <summary>
    /// The UID of the last message, as far as opening the folder told: null once others have come, of which EXISTS says only how many.
    /// </summary>
    public uint? LastUid => IsOpen && !_hasGrown ? UidNext?.Id - 1 : null;

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
        // UIDNEXT is something that servers should say, too (RFC 9051, 6.3.2); what an earlier STATUS said is old by now.
        UidNext = null;
        FolderAccess opened = await base.OpenAsync(access, cancellationToken).ConfigureAwait(false);
        _told = Count;
        _hasGrown = false;
        if (opened != FolderAccess.None) return opened;

        Access = access;
        return access;
    }

    /// <inheritdoc/>
    protected override Stream CreateStream(UniqueId? uid, string section, int offset, int length) =>
        Sink?.Invoke(uid) ?? base.CreateStream(uid, section, offset, length);
}
