using ImapPS.Sandbox;

namespace ImapPS.Tests.Consoles;

/// <summary>What happens at the keyboard: Tab and questions.</summary>
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

    [Fact]
    public async Task Tab_completes_members_in_a_filter_for_whoever_asks()
    {
        await OpenAsync(Connect);
        await Console.EnterAsync("Import-Module \"$((Get-Module ImapPS).ModuleBase)/bin/ImapPS.Completion.psm1\"", Cancellation);
        await Console.WaitForPromptAsync(Cancellation);

        await Console.Terminal.TypeAsync("Get-ImapMessage -Filter { $_.IsRe", Cancellation);
        await Console.Terminal.PressAsync("Tab", Cancellation);
        await WaitForLineAsync(ConsoleSession.Prompt + "Get-ImapMessage -Filter { $_.IsRead");

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
        Screen question = await Console.Terminal.ReadUnwrappedAsync(Cancellation);
        await AnswerAsync(answer);
        await Console.WaitForPromptAsync(Cancellation);

        Assert.Contains("number 0", question.ToString(), StringComparison.Ordinal);
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
        Screen screen = await Console.Terminal.WaitForAsync(
            screen => Console.IsNewPrompt(screen)
                || screen.CursorLine.Contains("(default is \"", StringComparison.Ordinal), "A question or a prompt", Cancellation);
        if (!Console.IsNewPrompt(screen)) await Console.Terminal.PressAsync("Enter", Cancellation);
        await Console.WaitForPromptAsync(Cancellation);

        Assert.Equal(2, await CountAsync("Trash"));
    }
}
