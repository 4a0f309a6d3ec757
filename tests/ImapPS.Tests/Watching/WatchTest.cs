using System.Management.Automation;
using System.Threading.Channels;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Watching;

/// <summary>A watch in the background, whose events are looked at one by one.</summary>
public abstract class WatchTest(MailServer mail) : WaitTest(mail)
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private readonly Channel<PSObject> _events = Channel.CreateUnbounded<PSObject>();

    /// <summary>The script with the watch; null before it was started.</summary>
    protected Task<EngineResult>? Watch { get; private set; }

    public override async ValueTask DisposeAsync()
    {
        // A test that has failed may have left its watch.
        if (Watch is { IsCompleted: false }) await Engine.StopAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts Watch-ImapFolder, and goes on when it listens.</summary>
    protected Task WatchAsync(string parameters = "", string verb = "IDLE")
    {
        int before = Proxy.Count(verb);
        return WatchAsync(parameters, Proxy.WaitForAsync(proxy => proxy.Count(verb) > before, Cancellation));
    }

    /// <summary>Starts Watch-ImapFolder, and goes on when something has been seen of it.</summary>
    protected async Task WatchAsync(string parameters, Task seen)
    {
        Watch = RunAsync($"Watch-ImapFolder {parameters} | ForEach-Object {{ [void] $events.Writer.TryWrite($_) }}", ("events", _events));
        await Task.WhenAny(seen, Watch);
    }

    /// <summary>
    /// The next event in short: Arrived 4 subject, FlagsChanged 2 Seen work, Expunged 1; with its folder, unless that is INBOX.
    /// </summary>
    protected async Task<string> NextAsync()
    {
        Task<EngineResult> watch = Watch!;
        Task first = await Task.WhenAny(_events.Reader.WaitToReadAsync(Cancellation).AsTask(), watch, Task.Delay(_longest, Cancellation));
        if (_events.Reader.TryRead(out PSObject? next)) return InWords(next);

        string errors = first == watch && watch.IsCompletedSuccessfully ? string.Join("; ", (await watch).AllErrors) : "";
        Assert.False(first == watch, $"The watch has ended: {errors}");
        throw new TimeoutException(
            $"No event came. The last commands: {string.Join(" | ", Proxy.Commands.TakeLast(12).Select(command => command.Line))}");
    }

    protected async Task<IEnumerable<string>> NextAsync(int count)
    {
        var events = new List<string>();
        while (events.Count < count) events.Add(await NextAsync());
        return events;
    }

    /// <summary>A last message, so that an event too many would show; then the watch is stopped.</summary>
    protected async Task EndAsync(string folder = "INBOX")
    {
        uint uid = await AppendAsync("the end", folder);
        Assert.Equal(folder == "INBOX" ? Text($"Arrived {uid} the end") : Text($"Arrived {folder}/{uid} the end"), await NextAsync());
        await Engine.StopAsync();
        Assert.True((await Watch!).Stopped);
    }

    protected Task FlagAsync(uint uid, string flags, string folder = "INBOX") =>
        OtherClientAsync($"SELECT {folder}", Text($"UID STORE {uid} {flags}"));

    protected Task ExpungeAsync(uint uid, string folder) =>
        OtherClientAsync($"SELECT {folder}", Text($"UID STORE {uid} +FLAGS.SILENT (\\Deleted)"), Text($"UID EXPUNGE {uid}"));

    protected void Hide(string capabilities) => Proxy.HideCapability(capabilities.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    protected static string InWords(PSObject happened)
    {
        string folder = Property<string>(happened, "Folder");
        string what = Property<string>(happened, "Kind") switch
        {
            "Arrived" => Property<string>(PSObject.AsPSObject(happened.Properties["Message"].Value), "Subject"),
            "FlagsChanged" => string.Join(' ', Property<string[]>(happened, "Keywords").Prepend(Property<string>(happened, "Flags"))),
            _ => "",
        };
        string where = folder == "INBOX" ? "" : folder + "/";
        return $"{Property<string>(happened, "Kind")} {where}{Property<string>(happened, "Uid")} {what}".TrimEnd();
    }
}
