using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

/// <summary>What cannot be undone is asked about, once, and Enter is No.</summary>
public sealed class IrreversibleTests(MailServer mail) : ChangeTest(mail)
{
    private const string Clear = "Clear-ImapFolder One";
    private const string Expunge = "Get-ImapMessage One | Remove-ImapMessage -Permanent";
    private const string Folder = "Remove-ImapFolder One";

    public static TheoryData<string> Losses() => [Clear, Expunge, Folder];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task One_question_with_counts_whose_default_is_No(string command)
    {
        (EngineResult result, IReadOnlyList<SandboxPrompt> asked) = AskAbout(command, "");
        Assert.Empty(result.AllErrors);
        SandboxPrompt prompt = Assert.Single(asked);
        Assert.Equal("No", prompt.Default);
        Assert.Equal(["Yes", "Yes to All", "No", "No to All", "Suspend"], prompt.Choices);
        Assert.Contains("3 messages", prompt.Message, StringComparison.Ordinal);
        Assert.Contains("'One'", prompt.Message, StringComparison.Ordinal);
        AssertNothingWasChanged();
        Assert.Equal(3, await CountAsync("One"));

        Assert.Empty(AskAbout(command, "Yes").Result.AllErrors);
        Assert.DoesNotContain("One", Left());
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void Where_nobody_can_be_asked_nothing_is_touched(string command)
    {
        Prepare();
        Assert.Equal(ErrorCategory.InvalidOperation, AssertError(Run(command), "ConfirmationRequired").CategoryInfo.Category);
        AssertNothingWasChanged();
        Assert.Equal(0, Proxy.Count("DELETE"));
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public void An_answer_given_before_is_an_answer(string command)
    {
        foreach (string answered in new[]
        {
            $"{command} -Force",
            $"{command} -Confirm:$false",
            $"$ConfirmPreference = 'None'; {command}",
            $"$PSDefaultParameterValues['*:Confirm'] = $false; {command}",
        })
        {
            (EngineResult result, IReadOnlyList<SandboxPrompt> asked) = AskAbout(answered);
            Assert.Empty(result.AllErrors);
            Assert.Empty(asked);
            Assert.DoesNotContain("One", Left());
        }
    }

    [Theory]
    [InlineData(Clear, 1)]
    [InlineData(Folder, 1)]
    [InlineData(Expunge, 3)]
    public async Task Confirm_stands_above_Force_and_nothing_is_asked_twice(string command, int questions)
    {
        foreach (string confirmed in new[]
        {
            $"{command} -Confirm",
            $"{command} -Confirm -Force",
            $"$ConfirmPreference = 'Low'; {command}",
        })
        {
            (EngineResult result, IReadOnlyList<SandboxPrompt> asked) = AskAbout(confirmed, [.. Enumerable.Repeat("Yes", questions)]);
            Assert.Empty(result.AllErrors);
            Assert.Equal(questions, asked.Count);
            Assert.All(asked, prompt => Assert.Equal("No", prompt.Default));
            Assert.DoesNotContain("One", Left());

            (_, asked) = AskAbout(confirmed, "No to All");
            Assert.Single(asked);
            Assert.Equal(3, await CountAsync("One"));
        }
    }

    [Fact]
    public void What_is_only_moved_to_the_trash_is_not_asked_about()
    {
        (EngineResult result, IReadOnlyList<SandboxPrompt> asked) = AskAbout("Get-ImapMessage One | Remove-ImapMessage");
        Assert.Empty(result.AllErrors);
        Assert.Empty(asked);
    }

    [Fact]
    public void Force_is_not_AllowUnsafeExpunge()
    {
        Proxy.HideCapability("UIDPLUS");
        Prepare();
        foreach (string command in new[] { Clear, Expunge }) AssertError(Run($"{command} -Force"), "NotSupportedByServer");
        AssertNothingWasChanged();
        AssertError(Run($"{Clear} -AllowUnsafeExpunge"), "ConfirmationRequired");
        AssertError(Run($"{Expunge} -AllowUnsafeExpunge"), "ConfirmationRequired");
        AssertNothingWasChanged();
        Succeed($"{Expunge} -Force -AllowUnsafeExpunge");
        Assert.DoesNotContain("One", Left());
    }

    private void Prepare()
    {
        Deliver(3, "One");
        Connect();
    }

    private (EngineResult Result, IReadOnlyList<SandboxPrompt> Asked) AskAbout(string command, params object?[] answers)
    {
        if (!Left().Contains("One")) Deliver(3, "One");
        Connect();
        return Ask($"$PSDefaultParameterValues['*-Imap*:Session'] = $id; {command}", answers);
    }

    /// <summary>The folders that hold messages.</summary>
    private List<string> Left()
    {
        Connect();
        return [.. Succeed("Get-ImapFolder | Where-Object MessageCount -gt 0").Select(folder => Property<string>(folder, "Path"))];
    }
}
