using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using ImapPS.Administration;
using ImapPS.Errors;
using ImapPS.Folders;
using MailKit;
using MailKit.Net.Imap;

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
        _log.Tap = tap;
        try
        {
            await command().ConfigureAwait(false);
        }
        finally
        {
            _log.Tap = null;
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
