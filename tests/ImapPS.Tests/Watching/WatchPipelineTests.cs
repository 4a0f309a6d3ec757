using ImapPS.Sandbox;

namespace ImapPS.Tests.Watching;

/// <summary>A watch whose events go to a cmdlet that works on the session's own connection.</summary>
public sealed class WatchPipelineTests(MailServer mail) : WatchTest(mail)
{
    private const int Session = 1;

    // The session opens the folder without the second message, of which the watch has told by the time that the session goes on. What the
    // session asks next is answered here: Dovecot would tell of the new message with its answer, which no server must.
    [Fact(Timeout = 240_000)]
    public async Task A_message_that_is_told_of_while_the_folder_is_being_opened_is_read()
    {
        Connect();
        bool isTold = false;
        Proxy.On(
            command => command.ConnectionNumber == Session && command.Line.Contains(" UID FETCH 1 ", StringComparison.Ordinal),
            ProxyAction.Reply("{tag} OK there is no such message"),
            times: int.MaxValue);
        Proxy.On(
            command => command is { ConnectionNumber: Session, Verb: "EXAMINE" },
            ProxyAction.RunAfterExecution(async () =>
            {
                uint uid = await AppendAsync("second");
                await Proxy.WaitForAsync(proxy => IsTold(proxy, uid), Cancellation);
                isTold = true;
            }));
        Task<EngineResult> running =
            await StartAsync("Watch-ImapFolder -Event Arrived -Count 2 -TimeoutSeconds 100 | Get-ImapMessageContent "
            + "| ForEach-Object Subject", "IDLE");
        await AppendAsync("first");
        EngineResult result = await running.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(isTold);
        AssertError(result, "MessageNotFound");
        Assert.Equal(["second"], result.Output.Select(subject => subject.ToString()));
    }

    /// <summary>True when the watch has read a message, and goes on or ends.</summary>
    private static bool IsTold(FaultProxy proxy, uint uid)
    {
        List<ProxyCommand> commands = [.. proxy.Commands.Where(command => command.ConnectionNumber != Session)];
        int read = commands.FindIndex(command => command.Line.Contains(Text($"UID FETCH {uid} "), StringComparison.Ordinal));
        return read >= 0 && commands.FindIndex(read, command => command.Verb is "IDLE" or "LOGOUT") > read;
    }
}
