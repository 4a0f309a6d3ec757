using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Administration;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Transfers;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;

namespace ImapPS.Sessions;

/// <summary>MailKit's client with folders that let a download go elsewhere than into memory.</summary>
internal sealed class StreamingClient : ImapClient
{
    private readonly Dictionary<string, StreamingFolder> _uncommon = new(StringComparer.Ordinal);
    private readonly SessionLog _log;
    private readonly LinkClock _clock;
    private int? _plainAnswers;

    /// <param name="log">Sees what is said.</param>
    public StreamingClient(SessionLog log)
        : this(log, new LinkClock(log))
    {
    }

    private StreamingClient(SessionLog log, LinkClock clock)
        : base(clock)
    {
        _log = log;
        _clock = clock;
    }

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

    /// <summary>The address at the other end of the socket: that of the server, or of a proxy.</summary>
    public IPAddress? Peer => (Socket?.RemoteEndPoint as IPEndPoint)?.Address;

    /// <inheritdoc cref="LinkClock.RoundTrip"/>
    public TimeSpan? RoundTrip => _clock.RoundTrip;

    /// <summary>True when what is said is compressed.</summary>
    public bool IsCompressed => _plainAnswers is not null;

    /// <summary>True when the server was heard on the compressed connection.</summary>
    public bool IsHeardCompressed => _clock.Answers > _plainAnswers;

    /// <summary>What the session remembers of the server.</summary>
    public SessionMemory Memory { get; set; } = new();

    /// <summary>Says that everything from now on is compressed.</summary>
    public void SetCompressed() => _plainAnswers = _clock.Answers;

    /// <summary>
    /// Runs a command that uses an extension. Where the server announces that and refuses it, or answers it with what nobody can read, the
    /// session does without from then on.
    /// </summary>
    public async Task<T> OfferedAsync<T>(ImapCapabilities extension, Func<Task<T>> command)
    {
        bool isDoubtful = Capabilities.HasFlag(extension) && !Memory.IsProven(extension);
        try
        {
            T answer = await command().ConfigureAwait(false);
            if (isDoubtful) Memory.Prove(extension);
            return answer;
        }
        catch (ImapCommandException refused) when (isDoubtful && !NotNow.Is(_log.Rejections, refused.ResponseText)
            && !_log.Rejections.Contains("BADCHARSET", StringComparer.Ordinal))
        {
            Capabilities &= ~extension;
            T answer = await command().ConfigureAwait(false);
            Memory.Lacks(extension);
            return answer;
        }
        catch (ImapProtocolException nonsense) when (isDoubtful && Translation.IsNonsense(nonsense))
        {
            Memory.Lacks(extension);
            throw;
        }
    }

    /// <summary>Runs a command, and reads what comes of it in untagged responses whose names begin with that letter.</summary>
    public async Task<Answers> HearAsync(char letter, Func<Task> command)
    {
        var tap = new AnswerTap(letter);
        await HearAsync(tap, command).ConfigureAwait(false);
        return new Answers(tap);
    }

    /// <summary>Runs a command, and keeps what comes of it.</summary>
    public async Task HearAsync(AnswerTap tap, Func<Task> command)
    {
        log.Tap = tap;
        try
        {
            await command().ConfigureAwait(false);
        }
        finally
        {
            log.Tap = null;
        }
    }

    /// <summary>
    /// The folder of that path whose name on the line is not as MailKit would write it, so that it would not find it; null for any other.
    /// </summary>
    public IMailFolder? FindUncommon(string path) => _uncommon.TryGetValue(path, out StreamingFolder? folder) ? folder : null;

    /// <inheritdoc/>
    protected override ImapFolder CreateImapFolder(ImapFolderConstructorArgs args)
    {
        if (_log.Names.Take(args.FullName, args.DirectorySeparator) is not { } encoded) return new StreamingFolder(args, this);

        string path = FolderNameEncoding.Decode(encoded);
        var folder = new StreamingFolder(args, this, path);
        _uncommon[path] = folder;
        return folder;
    }
}

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
