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
internal sealed class StreamingFolder(ImapFolderConstructorArgs args) : ImapFolder(args)
{
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

    /// <summary>Takes back attributes that MailKit has read out of what means something else.</summary>
    public void Restore(FolderAttributes attributes) => Attributes = attributes;

    /// <summary>
    /// Creates a folder by its whole path. MailKit wants the folder above for it, which may not exist yet: some servers make it on the
    /// way, and others could put nothing below it if it was made before. The name of the command is put together before the first wait.
    /// </summary>
    public Task<IMailFolder?> CreatePathAsync(string path, SpecialFolder? role, CancellationToken cancellationToken)
    {
        (string name, char delimiter) = (FullName, DirectorySeparator);
        (FullName, DirectorySeparator) = (string.Empty, '\0');
        try
        {
            return role is { } special
                ? CreateAsync(path, [special], cancellationToken)
                : CreateAsync(path, isMessageFolder: true, cancellationToken);
        }
        finally
        {
            (FullName, DirectorySeparator) = (name, delimiter);
        }
    }

    /// <inheritdoc/>
    protected override Stream CreateStream(UniqueId? uid, string section, int offset, int length) =>
        Sink?.Invoke(uid) ?? base.CreateStream(uid, section, offset, length);
}
