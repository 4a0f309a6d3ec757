using System.Diagnostics;
using ImapPS.Files;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Transfers;

/// <summary>Ctrl+C while files are read: it ends the cmdlet at once, whatever keeps the file.</summary>
public sealed class StoppedImportTests(MailServer mail) : ImportTest(mail)
{
    /// <summary>Many times what a stop takes, and far from for ever.</summary>
    private static readonly TimeSpan _soon = TimeSpan.FromSeconds(20);

    [Theory]
    [InlineData("")]
    [InlineData("-Format Eml")]
    [InlineData("-Format Mbox")]
    [InlineData("-MaxMessages 5")]
    public async Task A_pipe_that_nobody_writes_to(string parameters)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no named pipes in directories.");
        string path = await PipeAsync();
        Task<EngineResult> running = ImportAsync(path, parameters);
        try
        {
            // Before -MaxMessages has counted, nothing is sent.
            bool counts = parameters.Contains("Max", StringComparison.Ordinal);
            if (!counts) await Proxy.WaitForAsync(proxy => proxy.Commands.Count > 0, Cancellation);
            await StopAsync(running);
        }
        finally
        {
            // Opened for both, a pipe waits for nobody, and lets go who waits for it.
            await using FileStream release = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Format Eml")]
    [InlineData("-MaxMessages 5")]
    public async Task A_pipe_whose_writer_is_silent(string parameters)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no named pipes in directories.");
        string path = await PipeAsync();
        Task<EngineResult> running = ImportAsync(path, parameters);

        // Opened for writing, it waits for its reader.
        await using FileStream writer = await Task.Run(() => new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite),
            Cancellation).WaitAsync(Cancellation);
        await StopAsync(running);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-MaxMessages 5")]
    public async Task An_mbox_of_one_endless_message(string parameters)
    {
        string path = Write("large.mbox", Mbox(["Subject: large\n\nx\n"]));
        await using (FileStream large = File.OpenWrite(path)) large.SetLength(64L * 1024 * 1024 * 1024);

        Task<EngineResult> running = ImportAsync(path, parameters);
        if (parameters.Length == 0) await Proxy.WaitForAsync(proxy => proxy.Commands.Count > 0, Cancellation);
        await StopAsync(running);
    }

    [Fact]
    public void The_reading_of_an_mbox_ends_with_it()
    {
        string path = Write("large.mbox", Mbox(["Subject: large\n\nx\n"]));
        using var stop = new CancellationTokenSource();
        using IEnumerator<FileMessage> messages = MboxReader.Read(path, stop.Token).GetEnumerator();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => messages.MoveNext());
    }

    private Task<EngineResult> ImportAsync(string path, string parameters)
    {
        Connect();
        return RunAsync($"Import-ImapMessage INBOX '{path}' {parameters}");
    }

    private async Task StopAsync(Task<EngineResult> running)
    {
        await Engine.StopAsync().WaitAsync(_soon, Cancellation);
        Assert.True((await running.WaitAsync(_soon, Cancellation)).Stopped);
    }

    private async Task<string> PipeAsync()
    {
        string path = Path.Combine(Files, "pipe");
        using Process process = Process.Start("mkfifo", path);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);
        return path;
    }
}
