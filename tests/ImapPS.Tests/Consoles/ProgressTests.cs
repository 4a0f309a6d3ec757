using ImapPS.Sandbox;

namespace ImapPS.Tests.Consoles;

/// <summary>What the console shows while a cmdlet is at it.</summary>
public sealed class ProgressTests(MailServer mail, ConsolePool consoles) : ConsoleTest(mail, consoles)
{
    [Theory]
    [InlineData(80, "Get-ImapMessage | Set-ImapMessage -Read -BatchSize 20", "0 messages")]
    [InlineData(120, "Get-ImapMessage | Move-ImapMessage Target -BatchSize 20", "0 messages")]
    [InlineData(80, "Get-ImapMessage | Where-Object Size -gt 0 | Save-ImapMessage ./saved", "of 400 messages")]
    [InlineData(120, "Wait-ImapMessage -Subject never -TimeoutSeconds 900", "(0 messages so far)")]
    [InlineData(80, "Watch-ImapFolder", "(0 events so far)")]
    public async Task It_is_shown_and_gone_with_the_cmdlet(int width, string statement, string status)
    {
        User.CreateFolder("Target");
        User.DeliverMany("INBOX", 400, i => new SeedMessage($"From: a@example.org\r\nSubject: number {i}\r\n\r\nHello.\r\n"));
        await OpenAsync(Connect, width);
        Proxy.Delay = TimeSpan.FromMilliseconds(250);

        await Console.EnterAsync(statement, Cancellation);
        await Console.Terminal.WaitForAsync(screen => IsShown(screen, status), $"A line with '{status}'", Cancellation);
        Screen after = await Console.InterruptAsync(Cancellation);
        Proxy.Delay = TimeSpan.Zero;

        Assert.False(IsShown(after, status));
    }

    private static bool IsShown(Screen screen, string status) => screen.Lines.Any(line => line.Contains(status, StringComparison.Ordinal));
}
