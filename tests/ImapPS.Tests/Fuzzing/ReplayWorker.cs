using ImapPS.Sandbox;
using ImapPS.Sessions;

namespace ImapPS.Tests.Fuzzing;

/// <summary>A server, and the directories of its client.</summary>
internal sealed class ReplayWorker : IAsyncDisposable
{
    private readonly ReplayServer _server = ReplayServer.Start();
    private readonly SaveDirectory _directory = new();

    /// <summary>How long the server may be silent: no longer than the fuzzer has time for, unless something is to succeed.</summary>
    public int TimeoutSeconds { get; init; } = 1;

    public string Log => Path.Combine(_directory.Root, "protocol.log");

    public async Task<int> WorkAsync(Replay replay, string work, Overheard caller, int retryCount, string? log, CancellationToken token)
    {
        _server.Play(replay);
        ConnectionSettings settings = MailboxWork.Settings(_server.Port, "alice", MailboxWork.Password) with
        {
            TimeoutSeconds = TimeoutSeconds,
            RetryCount = retryCount,
            ProtocolLogPath = log,
        };
        string server = replay.Server;
        return await new MailboxWork(settings, caller, _directory.Path)
        {
            Prefix = server.StartsWith("Courier", StringComparison.Ordinal) ? "INBOX." : string.Empty,
            Delimiter = server.StartsWith("Courier", StringComparison.Ordinal) ? '.' : '/',
        }.RunAsync(work, token);
    }

    /// <summary>What stands in the log, which is empty afterwards.</summary>
    public string TakeLog()
    {
        if (!File.Exists(Log)) return string.Empty;

        string text = File.ReadAllText(Log);
        File.Delete(Log);
        return text;
    }

    public IReadOnlyList<string> TakeStrays() => _directory.TakeStrays();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }
}
