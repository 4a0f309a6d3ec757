using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Folders;

public sealed class RemoveFolderTests(MailServer mail) : FolderChangeTest(mail)
{
    [Fact]
    public async Task An_empty_folder_and_its_subscription()
    {
        User.CreateFolder("gone");
        User.CreateFolder("stays");
        await OtherClientAsync("SUBSCRIBE gone", "SUBSCRIBE stays");
        Connect();
        Assert.Empty(Succeed("Remove-ImapFolder gone"));
        Assert.Equal(["stays"], await FoldersAsync());
        Assert.Equal(["stays"], await SubscribedAsync());
    }

    [Theory]
    [InlineData("Remove-ImapFolder a")]
    [InlineData("Remove-ImapFolder a -Force")]
    [InlineData("Remove-ImapFolder a -Confirm:$false")]
    public async Task One_with_folders_below_it_is_refused(string command)
    {
        User.CreateFolder("a");
        Fill("a/b", 2);
        Connect();
        ErrorRecord error = AssertError(Run(command), "FolderNotEmpty");
        Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category);
        AssertNothingChanges();
        Assert.Equal(["a", "a/b"], await FoldersAsync());
        Assert.Equal(2, await CountAsync("a/b"));

        // Where somebody could be asked as well: a refusal is no question.
        Assert.Equal("FolderNotEmpty", Assert.Single(Ask(command).AllErrors).FullyQualifiedErrorId.Split(',')[0]);
    }

    [Theory]
    [InlineData("Remove-ImapFolder a -Recurse", "a", "1 folder below it", "2 messages")]
    [InlineData("Remove-ImapFolder a/b", "a/b", "", "2 messages")]
    [InlineData("Remove-ImapFolder a/b -Recurse -Force -Confirm", "a/b", "", "2 messages")]
    public async Task One_with_messages_is_asked_about_once_and_Enter_is_no(string command, string path, string below, string messages)
    {
        User.CreateFolder("a");
        Fill("a/b", 2);
        Connect();
        (EngineResult result, IReadOnlyList<SandboxPrompt> asked) = AskWith(command, "");
        Assert.Empty(result.AllErrors);
        SandboxPrompt prompt = Assert.Single(asked);
        Assert.Equal("No", prompt.Default);
        Assert.All([$"'{path}'", below, messages], part => Assert.Contains(part, prompt.Message, StringComparison.Ordinal));
        AssertNothingChanges();
        AssertError(Run(command), "ConfirmationRequired");
        AssertNothingChanges();
        Assert.Empty(AskWith(command, "Yes").Result.AllErrors);
        Assert.DoesNotContain(path, await FoldersAsync());
    }

    [Theory]
    [InlineData("Remove-ImapFolder a -Force")]
    [InlineData("Remove-ImapFolder a -Confirm:$false")]
    [InlineData("$ConfirmPreference = 'None'; Remove-ImapFolder a")]
    public async Task An_answer_that_was_given_before_is_not_asked_for(string command)
    {
        Fill("a", 2);
        Connect();
        Succeed(command);
        Assert.Empty(await FoldersAsync());
    }

    [Fact]
    public async Task Mail_that_arrives_while_it_asks_is_not_lost_unseen()
    {
        Fill("a", 2);
        Connect();
        Proxy.On(command => command.Verb == "STATUS"
            && Proxy.Commands.All(earlier => earlier.Verb != "DELETE"), ProxyAction.Run(() => AppendAsync("a")));
        Assert.StartsWith("FolderNotEmpty,", Assert.Single(AskWith("Remove-ImapFolder a", "Yes").Result.AllErrors).FullyQualifiedErrorId,
            StringComparison.Ordinal);
        Assert.Equal(0, Proxy.Count("DELETE"));
        Assert.Equal(3, await CountAsync("a"));
    }

    [Fact]
    public async Task With_all_that_is_in_it()
    {
        Fill("a/b/c", 2);
        Fill("ab", 1);
        Connect();
        Succeed("Remove-ImapFolder a -Recurse -Force");
        Assert.Equal(["ab"], await FoldersAsync());
        Assert.Equal(1, await CountAsync("ab"));
    }

    [Fact]
    public async Task Piped_in_whatever_the_order()
    {
        User.CreateFolder("a/b/c");
        User.CreateFolder("x");
        Connect();
        Succeed("Get-ImapFolder a* | Remove-ImapFolder");
        Assert.Equal(["x"], await FoldersAsync());
    }

    [Fact]
    public async Task Wildcards_pass_INBOX_by()
    {
        Fill("INBOX", 1);
        User.CreateFolder("in a/b");
        Connect();
        Succeed("Remove-ImapFolder in*");
        Assert.Empty(await FoldersAsync());
        Assert.Equal(1, await CountAsync("INBOX"));
        Assert.Empty(Succeed("Remove-ImapFolder nothing*"));
        AssertError(Run("Remove-ImapFolder inbox -Recurse -Force"), "ArgumentInvalid");
        Assert.Equal(1, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task A_literal_path_has_no_wildcards()
    {
        User.CreateFolder("*");
        User.CreateFolder("x");
        Connect();
        Succeed("Remove-ImapFolder -LiteralPath *");
        Assert.Equal(["x"], await FoldersAsync());
        AssertError(Run("Remove-ImapFolder -LiteralPath x*"), "FolderNotFound");
    }

    [Fact]
    public async Task One_that_is_missing_does_not_keep_the_others()
    {
        User.CreateFolder("one");
        User.CreateFolder("two");
        Connect();
        AssertError(Run("Remove-ImapFolder one, nothing, two"), "FolderNotFound");
        Assert.Empty(await FoldersAsync());
    }

    [Fact]
    public async Task Mail_that_arrives_in_the_last_moment_is_not_lost()
    {
        User.CreateFolder("a/b");
        Connect();
        Proxy.On("STATUS", ProxyAction.Run(() => AppendAsync("a/b")));
        AssertError(Run("Remove-ImapFolder a -Recurse"), "FolderNotEmpty");
        Assert.Equal(0, Proxy.Count("DELETE"));
        Assert.Equal(1, await CountAsync("a/b"));
    }

    [Fact]
    public async Task The_folder_that_is_selected()
    {
        Fill("a", 2);
        Connect();
        Succeed("$null = Get-ImapMessage a; Remove-ImapFolder a -Force; Get-ImapMessage");
        Assert.Empty(await FoldersAsync());
        Assert.Equal(0, Proxy.Connections);
        AssertError(Run("Get-ImapMessage a"), "FolderNotFound");
    }

    [Fact]
    public async Task Another_client_removes_or_renames_it_first()
    {
        User.CreateFolder("one");
        User.CreateFolder("two");
        Connect();
        Proxy.On("STATUS", ProxyAction.Run(() => OtherClientAsync("RENAME one three")));
        AssertError(Run("Remove-ImapFolder one"), "FolderNotFound");
        Proxy.On("DELETE", ProxyAction.Run(() => OtherClientAsync("DELETE two")));
        AssertError(Run("Remove-ImapFolder two"), "FolderNotFound");
        Assert.Equal(["three"], await FoldersAsync());
    }

    [Fact]
    public async Task A_folder_object_of_a_folder_that_was_made_anew()
    {
        User.CreateFolder("here");
        Connect();
        AssertError(Run("$stale = Get-ImapFolder here | Select-Object *; $stale.PSObject.TypeNames.Insert(0, "
            + "'Deserialized.ImapPS.Models.ImapFolder'); $stale.UidValidity--; $stale | Remove-ImapFolder -Force"), "UidValidityChanged");
        AssertNothingChanges();
        Assert.Equal(["here"], await FoldersAsync());
    }

    [Fact]
    public async Task WhatIf_says_what_would_be_lost_and_touches_nothing()
    {
        Fill("a/b", 3);
        Connect();
        string told = Engine.Format("Remove-ImapFolder a -Recurse -Force -WhatIf");
        Assert.Contains("\"Remove folder and the 1 below it, with 3 messages\" on target \"a\"", told, StringComparison.Ordinal);
        told = Engine.Format("Get-ImapFolder a* | Remove-ImapFolder -Force -WhatIf");
        Assert.Contains("\"Remove folder, with 3 messages\" on target \"a/b\"", told, StringComparison.Ordinal);
        Assert.Contains("\"Remove folder\" on target \"a\"", told, StringComparison.Ordinal);
        AssertNothingChanges();
        Assert.Equal(["a", "a/b"], await FoldersAsync());
    }

    [Fact]
    public async Task Confirm_asks_and_no_to_all_stops()
    {
        foreach (string name in new[] { "a", "b", "c", "d" }) User.CreateFolder(name);
        Connect();
        Assert.Empty(Ask("Remove-ImapFolder a, b, c, d -Confirm", "Yes", "No", "No to All").AllErrors);
        Assert.Equal(["b", "c", "d"], await FoldersAsync());
    }

    public static TheoryData<string, string> Cuts() => CutsOf("STATUS", "DELETE", "UNSUBSCRIBE", "LIST");

    [Theory]
    [MemberData(nameof(Cuts))]
    public async Task Cut_once_each_is_removed_once(string verb, string when)
    {
        Fill("a/b", 2);
        await OtherClientAsync("SUBSCRIBE a/b");
        Connect();
        Proxy.On(verb, Cut(when));
        Succeed("Remove-ImapFolder a -Recurse -Force");
        Assert.Empty(await FoldersAsync());
        Assert.Empty(await SubscribedAsync());
        Assert.Equal(1, Proxy.Connections);
        Assert.Equal(verb == "DELETE" && when == "before" ? 3 : 2, Proxy.Count("DELETE"));
    }

    [Fact]
    public async Task A_server_that_was_only_slow_has_removed_it_by_the_time_it_is_asked_again()
    {
        User.CreateFolder("here");
        Connect();
        Proxy.On("DELETE", ProxyAction.CutBefore);
        Proxy.On(command => command.Verb == "DELETE" && Proxy.Count("DELETE") == 2, ProxyAction.Run(() => OtherClientAsync("DELETE here")));
        Succeed("Remove-ImapFolder here");
        Assert.Empty(await FoldersAsync());
    }

    [Fact]
    public async Task What_the_server_refuses()
    {
        User.CreateFolder("here");
        Connect();
        Proxy.On("DELETE", ProxyAction.Reply("{tag} NO [NOPERM] not yours"));
        AssertError(Run("Remove-ImapFolder here"), "PermissionDenied");
        Proxy.On("DELETE", ProxyAction.Reply("{tag} NO why not"));
        AssertError(Run("Remove-ImapFolder here"), "CommandRejected");
        Assert.Equal(["here"], await FoldersAsync());
    }
}
