using ImapPS.Changing;
using ImapPS.Content;
using ImapPS.Files;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Reading;
using ImapPS.Sandbox;
using ImapPS.Sessions;
using ImapPS.Transfers;

namespace ImapPS.Tests.Fuzzing;

/// <summary>A server, a session on it, and a directory.</summary>
internal sealed class MessageWorker : IAsyncDisposable
{
    public const int ByStructure = 1;

    public const int BySource = 3;

    private static readonly Recording _login = Recorder.All.First(recording => recording.Work == "save");

    private readonly ReplayServer _server = ReplayServer.Start();
    private readonly Replay _replay = new(_login, _ => null);
    private readonly SaveDirectory _directory = new();
    private readonly SessionConnection _session;
    private uint _uid;

    public MessageWorker()
    {
        _server.Play(_replay);
        ConnectionSettings settings = MailboxWork.Settings(_server.Port, "alice", MailboxWork.Password) with { RetryCount = 1 };
        _session = new SessionConnection("fuzz", settings with { TimeoutSeconds = 20 }, new Owner(), _ => false);
    }

    public async Task<SaveResult> WorkAsync(byte[] message, int options, CancellationToken token)
    {
        var known = new ImapMessage { Folder = "INBOX", UidValidity = 1, Uid = ++_uid, Size = (uint)message.Length };
        ImapMessageContent content = ContentReader.Read(new MemoryStream(message), known, token);
        Assert.All(content.Attachments, attachment => Assert.NotEmpty(attachment.Part));
        Listed = [.. content.Attachments];

        _replay.GoOn(ServedMessage.On(_login, message, _uid, hasStructure: options % 3 > 0, token));
        var batch = new MessageBatch("INBOX", uidValidity: 1);
        batch.Add(content);
        var saver = new AttachmentSaver(new AttachmentFilter { Inline = options % 2 == 0 }, _directory.Path, ExistingFile.Number,
            new TransferMeter("attachment"));
        SaveResult result = await saver.SaveAsync(batch, new MailboxAccess(_session, new Overheard()), token);
        Assert.All(result.Saved, file => Assert.Equal(_directory.Path, file.DirectoryName));
        return result;
    }

    /// <summary>What the content of the last message lists.</summary>
    public IReadOnlyList<ImapAttachment> Listed { get; private set; } = [];

    public IEnumerable<string> Transcript => _replay.Transcript;

    /// <summary>Whether the last message was read as a whole, since its structure was not to be had.</summary>
    public bool HasReadSource =>
        _replay.Transcript.Any(line => line.Contains("(BODY.PEEK[])", StringComparison.Ordinal));

    public IReadOnlyList<string> TakeStrays() => _directory.TakeStrays();

    public async ValueTask DisposeAsync()
    {
        _session.Dispose();

        await _server.DisposeAsync();
        _directory.Dispose();
    }
}
