using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

/// <summary>
/// Yes to All and No to All hold for a call, whichever of its questions got the answer; a loss is agreed to only by who has been told of
/// one.
/// </summary>
public sealed class AnswerForAllTests(MailServer mail) : ChangeTest(mail)
{
    private const string Remove = "Remove-ImapFolder {0} -Confirm";
    private const string Clear = "Clear-ImapFolder {0} -Confirm";

    /// <summary>
    /// Folders by their first letter: F is full, E is empty. Then the answers; whether each question is about a loss; and which folders are
    /// done.
    /// </summary>
    public static TheoryData<string, string, string, string> Answers() => new()
    {
        { "F1, E1, F2", "Yes to All", "loss", "F1 E1 F2" },
        { "F1, E1, F2", "No to All", "loss", "" },
        { "E1, E2, F1", "No to All", "harmless", "" },
        { "E1, E2", "Yes to All", "harmless", "E1 E2" },
        { "E1, F1, E2, F2", "Yes to All|Yes|No", "harmless loss loss", "E1 F1 E2" },
        { "E1, F1, E2, F2", "Yes to All|Yes to All", "harmless loss", "E1 F1 E2 F2" },
        { "E1, F1, E2, F2", "Yes to All|No to All", "harmless loss", "E1" },
        { "F1, E1, F2", "Yes|Yes to All", "loss harmless", "F1 E1 F2" },
        { "F1, E1, F2", "No|Yes to All|No", "loss harmless loss", "E1" },
        { "F1, E1, F2", "No|Yes to All|Yes to All", "loss harmless loss", "E1 F2" },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void Of_removing_folders(string folders, string answers, string questions, string done) =>
        Check(Remove, folders, answers, questions, done, "Get-ImapFolder | ForEach-Object Path");

    [Theory]
    [MemberData(nameof(Answers))]
    public void Of_clearing_folders(string folders, string answers, string questions, string done) =>
        Check(Clear, folders, answers, questions, string.Join(' ', done.Split(' ').Where(folder => folder.StartsWith('F'))),
            "Get-ImapFolder | Where-Object { $_.MessageCount -gt 0 -or $_.Path -like 'E*' } | ForEach-Object Path");

    [Fact]
    public void Without_a_question_nothing_is_asked()
    {
        User.CreateFolder("E1");
        Deliver(1, "F1");
        Connect();
        foreach (string command in new[] { "Clear-ImapFolder E1, F1 -Force", "Remove-ImapFolder F1, E1 -Force" })
        {
            (EngineResult result, IReadOnlyList<SandboxPrompt> asked) = Ask($"$ConfirmPreference = 'Low'; {command} -Session $id");
            Assert.Empty(result.AllErrors);
            Assert.Empty(asked);
        }
    }

    private void Check(string command, string folders, string answers, string questions, string done, string left)
    {
        foreach (string folder in folders.Split(", "))
        {
            if (folder.StartsWith('E')) User.CreateFolder(folder);
            else Deliver(2, folder);
        }

        Connect();
        (EngineResult result, IReadOnlyList<SandboxPrompt> asked) =
            Ask($"{string.Format(null, command, folders)} -Session $id", answers.Split('|'));
        Assert.Empty(result.AllErrors);
        Assert.Equal(questions.Split(' '), asked.Select(prompt => prompt.Default == "No" ? "loss" : "harmless"));
        Assert.All(asked, prompt => Assert.Equal(["Yes", "Yes to All", "No", "No to All", "Suspend"], prompt.Choices));
        Assert.Equal(
            folders.Split(", ").Except(done.Split(' ')).Order(StringComparer.Ordinal),
            Succeed(left).Select(path => path.ToString()).Where(path => path.Length == 2).Order(StringComparer.Ordinal));
    }
}
