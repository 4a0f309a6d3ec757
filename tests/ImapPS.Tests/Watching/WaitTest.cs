using ImapPS.Sandbox;

namespace ImapPS.Tests.Watching;

/// <summary>A wait in the background, and what another client does meanwhile.</summary>
public abstract class WaitTest(MailServer mail) : ModuleTest(mail)
{
    /// <summary>Starts a script, and goes on when a command of it has been seen.</summary>
    protected async Task<Task<EngineResult>> StartAsync(string script, string verb, int times = 1,
        params (string Name, object? Value)[] variables)
    {
        Task<EngineResult> running = RunAsync(script, variables);
        await Task.WhenAny(Proxy.WaitForAsync(proxy => proxy.Count(verb) >= times, Cancellation), running);
        return running;
    }

    /// <summary>Another client puts a message into a folder.</summary>
    protected async Task<uint> AppendAsync(string subject, string folder = "INBOX", string from = "Alice <alice@example.org>",
        string to = "bob@example.net", string body = "Hello.", DateTimeOffset? received = null) =>
        await AppendRawAsync(Message(subject, from, to, body), folder, received);

    protected async Task<uint> AppendRawAsync(string raw, string folder = "INBOX", DateTimeOffset? received = null)
    {
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        return await client.AppendAsync(folder, System.Text.Encoding.UTF8.GetBytes(raw), received: received,
            cancellationToken: Cancellation);
    }

    protected static EngineResult Silent(EngineResult result)
    {
        Assert.Equal([], result.AllErrors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
        return result;
    }

    /// <summary>The error's message without the advice.</summary>
    protected static string Report(EngineResult result, string id) => AssertError(result, id).Exception.Message;
}
