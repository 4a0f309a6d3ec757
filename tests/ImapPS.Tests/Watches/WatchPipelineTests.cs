using ImapPS.Sandbox;

namespace ImapPS.Tests.Watches;

/// <summary>A watch whose events go to a cmdlet that works on the session's own connection.</summary>
public sealed class WatchPipelineTests(MailServer mail) : WatchTest(mail)
{
    private const int Session = 1;

    // The session has opened the folder without the message, of which the watch has told by the time that the session goes on.
    [Fact(Timeout = 240_000)]
    public async Task A_message_that_is_told_of_while_the_folder_is_being_opened_is_read()
    {
        Connect();
        Proxy.On(
            command => command is { ConnectionNumber: Session, Verb: "EXAMINE" },
            ProxyAction.RunAfterExecution(async () =>
            {
                uint uid = await AppendAsync("second");
                await Proxy.WaitForAsync(proxy => IsTold(proxy, uid), Cancellation);
            }));
        Task<EngineResult> running = await StartAsync("Watch-ImapFolder -Event Arrived -Count 2 -TimeoutSeconds 100 | Get-ImapMessageContent | ForEach-Object Subject", "IDLE");
        await AppendAsync("first");
        Assert.Equal(["first", "second"], Silent(await running.WaitAsync(TestContext.Current.CancellationToken)).Output.Select(subject => subject.ToString()));
    }

    /// <summary>True when the watch has read a message, and listens again.</summary>
    private static bool IsTold(FaultProxy proxy, uint uid)
    {
        List<ProxyCommand> commands = [.. proxy.Commands.Where(command => command.ConnectionNumber != Session)];
        int read = commands.FindIndex(command => command.Line.Contains(Text($"UID FETCH {uid} "), StringComparison.Ordinal));
        return read >= 0 && commands.FindIndex(read, command => command.Verb == "IDLE") > read;
    }
}
