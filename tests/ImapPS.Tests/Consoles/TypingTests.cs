using ImapPS.Sandbox;

namespace ImapPS.Tests.Consoles;

/// <summary>What happens at the keyboard: Tab, questions, progress.</summary>
public sealed class TypingTests(MailServer mail, ConsolePool consoles) : ConsoleTest(mail, consoles)
{
    [Theory]
    [InlineData("Get-ImapMessage Tra", "Get-ImapMessage Trash")]
    [InlineData("Get-ImapMessage -Folder Tra", "Get-ImapMessage -Folder Trash")]
    [InlineData("Get-ImapFolder it", "Get-ImapFolder 'it''s'")]
    [InlineData("Get-ImapMessage -Unre", "Get-ImapMessage -Unread")]
    [InlineData("Get-ImapMessage | Move-ImapMessage -SpecialUse Arc", "Get-ImapMessage | Move-ImapMessage -SpecialUse Archive")]
    [InlineData("Select-ImapSession wor", "Select-ImapSession work")]
    public async Task Tab_completes(string typed, string completed)
    {
        User.CreateFolder("it's");
        await OpenAsync($"{Connect} -Name work");

        await Console.Terminal.TypeAsync(typed, Cancellation);
        await Console.Terminal.PressAsync("Tab", Cancellation);
        await WaitForLineAsync(ConsoleSession.Prompt + completed);

        await Console.Terminal.PressAsync("C-c", Cancellation);
        await Console.WaitForPromptAsync(Cancellation);
    }

    [Theory]
    [InlineData("n", 2)]
    [InlineData("y", 1)]
    public async Task A_question_is_answered_with_a_letter(string answer, int left)
    {
        User.DeliverMany("INBOX", 2, i => new SeedMessage($"From: a@example.org\r\nSubject: number {i}\r\n\r\nHello.\r\n"));
        await OpenAsync(Connect);

        await Console.EnterAsync("Get-ImapMessage -First 1 | Remove-ImapMessage -Confirm", Cancellation);
        await WaitForLineAsync("(default is \"Y\"):");
        Screen question = await Console.Terminal.ReadAsync(Cancellation);
        await AnswerAsync(answer);
        await Console.WaitForPromptAsync(Cancellation);

        Assert.Contains("'number 0' in INBOX", question.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(0, Console.Errors);
        Assert.Equal(left, await CountAsync("INBOX"));
    }

    [Theory]
    [InlineData("Clear-ImapFolder Trash")]
    [InlineData("Remove-ImapFolder Trash")]
    [InlineData("Get-ImapMessage Trash | Remove-ImapMessage -Permanent")]
    public async Task Enter_alone_destroys_nothing(string statement)
    {
        User.DeliverMany("Trash", 2, i => new SeedMessage($"From: a@example.org\r\nSubject: number {i}\r\n\r\nHello.\r\n"));
        await OpenAsync(Connect);

        await Console.EnterAsync(statement, Cancellation);
        await Console.Terminal.WaitForAsync(screen => screen.CursorLine.Contains("(default is \"", StringComparison.Ordinal), "A question", Cancellation);
        await Console.Terminal.PressAsync("Enter", Cancellation);
        await Console.WaitForPromptAsync(Cancellation);

        Assert.Equal(2, await CountAsync("Trash"));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(120)]
    public async Task Progress_shows_how_far_it_is_and_goes(int width)
    {
        User.DeliverMany("INBOX", 600, i => new SeedMessage($"From: a@example.org\r\nSubject: number {i}\r\n\r\nHello.\r\n"));
        await OpenAsync(Connect, width);
        var batches = 0;
        Proxy.On(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal) && ++batches == 2, ProxyAction.Stall);

        await Console.EnterAsync("Get-ImapMessage | Save-ImapMessage ./saved", Cancellation);
        Screen screen = await Console.Terminal.WaitForAsync(
            screen => screen.Lines.Any(line => line.Contains("500", StringComparison.Ordinal) && line.Contains("Save-ImapMessage", StringComparison.Ordinal)),
            "The progress of 500 messages",
            Cancellation);
        string progress = screen.Lines.Single(line => line.Contains("500", StringComparison.Ordinal));
        screen = await Console.InterruptAsync(Cancellation);

        Assert.InRange(progress.Length, 1, width);
        Assert.DoesNotContain(screen.Lines, line => line.Contains("500", StringComparison.Ordinal));
    }
}
