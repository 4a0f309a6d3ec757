using ImapPS.Sandbox;

namespace ImapPS.Tests.Folders;

/// <summary>What it costs that folders are not there, in an account that has many.</summary>
public sealed class MissingFolderTests(MailServer mail) : ModuleTest(mail)
{
    private const int Many = 50;

    [Fact]
    public void Each_costs_one_LIST_of_its_name_and_all_together_one_of_all()
    {
        Connect();
        Succeed("$null = Get-ImapFolder INBOX");
        Proxy.Clear();
        EngineResult result = Run($"1..{Many} | ForEach-Object {{ \"Missing $_\" }} | Get-ImapFolder");
        Assert.All(result.AllErrors, error => Assert.StartsWith("FolderNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(Many, result.AllErrors.Count());
        Assert.InRange(Proxy.Commands.Count, Many, Many + 3);
        Assert.InRange(Proxy.Commands.Count(IsOfAll), 0, 1);
    }

    [Fact]
    public async Task Those_that_another_client_deleted_cost_no_more()
    {
        for (int i = 1; i <= Many; i++) User.CreateFolder(Text($"Gone {i}"));
        User.CreateFolder("Gone 1 no more");
        Connect();
        Succeed("$folders = Get-ImapFolder 'Gone *'");
        await OtherClientAsync([.. Enumerable.Range(1, Many).Select(i => Text($"DELETE \"Gone {i}\""))]);
        Proxy.Clear();
        EngineResult result = Run("$folders | Get-ImapMessage");
        Assert.All(result.AllErrors, error => Assert.StartsWith("FolderNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Equal(Many, result.AllErrors.Count());

        // The refusal, and whether the folder is there.
        Assert.Equal(Many + 1, Proxy.Count("EXAMINE"));
        Assert.InRange(Proxy.Count("LIST"), Many, Many + 1);
        Assert.InRange(Proxy.Commands.Count(IsOfAll), 0, 1);
        Assert.InRange(Proxy.Commands.Count, 2 * Many, (2 * Many) + 5);
    }

    [Theory]
    [InlineData("Sub")]
    [InlineData("Sub/Leaf")]
    [InlineData("a*b % c")]
    [InlineData("Entwürfe")]
    public void A_NO_about_a_folder_that_is_there_costs_one_LIST_and_is_what_it_is(string folder)
    {
        foreach (string path in new[] { "Sub", "Sub/Leaf", "Subject", "a*b % c", "Entwürfe" }) User.CreateFolder(path);
        Connect();
        Succeed("$there = Get-ImapFolder -LiteralPath $folder", ("folder", folder));
        Succeed("$null = Get-ImapMessage INBOX");
        Proxy.Clear();
        Proxy.On("EXAMINE", ProxyAction.Reply("{tag} NO not now"));
        AssertError(Run("$there | Get-ImapMessage"), "CommandRejected");
        Assert.Equal(1, Proxy.Count("LIST"));
        Assert.DoesNotContain(Proxy.Commands, IsOfAll);
    }

    [Fact]
    public async Task What_was_listed_a_moment_ago_is_not_told_to_be_there_when_it_is_gone()
    {
        User.CreateFolder("Gone");
        Connect();
        Succeed("$folder = Get-ImapFolder Gone; $null = Get-ImapFolder *");
        await OtherClientAsync("DELETE Gone");
        string error = AssertError(Run("$folder | Get-ImapMessage"), "FolderNotFound").ToString();
        Assert.DoesNotContain("There is", error, StringComparison.Ordinal);
    }

    /// <summary>A LIST of everything; one of a name ends with the name and, where MailKit knows it, two wildcards.</summary>
    private static bool IsOfAll(ProxyCommand command) =>
        command.Verb == "LIST" && (command.Line.Contains(" *", StringComparison.Ordinal)
            || command.Line.Contains("\"*\"", StringComparison.Ordinal));
}
