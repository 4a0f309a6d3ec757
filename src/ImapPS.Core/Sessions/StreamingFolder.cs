using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Transfers;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace ImapPS.Sessions;

/// <summary>A folder whose downloads go, as they arrive, where <see cref="Sink"/> says.</summary>
internal sealed class StreamingFolder : ImapFolder
{
    private readonly StreamingClient _client;
    private int _told;
    private bool _hasGrown;

    /// <param name="args">What MailKit makes folders of.</param>
    /// <param name="client">Whose folder it is.</param>
    /// <param name="path">Its path, where MailKit makes another one of its name, which it sends as it came.</param>
    public StreamingFolder(ImapFolderConstructorArgs args, StreamingClient client, string? path = null)
        : base(args)
    {
        _client = client;
        if (path is not null)
        {
            FullName = path;
            Name = FolderNames.Leaf(path, args.DirectorySeparator);
        }

        CountChanged += (_, _) =>
        {
            _hasGrown |= Count > _told;
            _told = Count;
        };

        // MailKit counts down without a word: else what comes after what went would not be seen to come.
        MessageExpunged += (_, _) => _told--;
        MessagesVanished += (_, gone) => _told -= gone.Earlier ? 0 : gone.UniqueIds.Count;
    }

    /// <summary>
    /// The UID of the last message, as far as opening the folder told: null once others have come, of which EXISTS says only how many.
    /// </summary>
    public uint? LastUid => IsOpen && !_hasGrown ? UidSets.Next(this) - 1 : null;

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
    public override Task<SearchResults> SearchAsync(SearchOptions options, SearchQuery query,
        CancellationToken cancellationToken = default) =>
        _client.OfferedAsync(ImapCapabilities.ESearch, async () =>
        {
            SearchOptions offered = _client.Capabilities.HasFlag(ImapCapabilities.ESearch) ? options : SearchOptions.None;
            SearchResults found = await base.SearchAsync(offered, query, cancellationToken).ConfigureAwait(false);
            UidSets.Checked(found.UniqueIds);
            return found;
        });

    /// <summary>
    /// Fetches of messages. What the server tells unasked of others meanwhile is not among what comes of it; of a set without an end all
    /// is, since nobody knows where that ends.
    /// </summary>
    public override async Task<IList<IMessageSummary>> FetchAsync(IList<UniqueId> uids, IFetchRequest request,
        CancellationToken cancellationToken = default)
    {
        IList<IMessageSummary> told = await base.FetchAsync(uids, request, cancellationToken).ConfigureAwait(false);
        return uids is UniqueIdSet ? [.. told.Where(message => uids.Contains(message.UniqueId))] : told;
    }

    /// <summary>Searches in IMAP's own words.</summary>
    public Task<IList<UniqueId>> SearchWordsAsync(string words, CancellationToken cancellationToken)
    {
        // MailKit takes the words for a format.
        string format = words.Replace("%", "%%");
        return _client.OfferedAsync<IList<UniqueId>>(ImapCapabilities.ESearch, async () =>
        {
            string all = _client.Capabilities.HasFlag(ImapCapabilities.ESearch) ? "RETURN (ALL) " + format : format;
            return UidSets.Checked((await base.SearchAsync(all, cancellationToken).ConfigureAwait(false)).UniqueIds);
        });
    }

    /// <inheritdoc/>
    protected override Stream CreateStream(UniqueId? uid, string section, int offset, int length)
    {
        Stream stream = Sink?.Invoke(uid) ?? base.CreateStream(uid, section, offset, length);
        if (stream is IncomingStream incoming) incoming.Announced = length;
        return stream;
    }
}
