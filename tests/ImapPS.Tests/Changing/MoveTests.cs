using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

public sealed class MoveTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly string[] _changing =
        ["UID MOVE", "MOVE", "UID COPY", "COPY", "UID STORE", "STORE", "UID EXPUNGE", "EXPUNGE", "CREATE", "APPEND"];

    [Fact]
    public async Task Five_thousand_scattered_messages_of_twenty_thousand()
    {
        const int All = 20_000;
        const int Weekly = 5_000;
        User.DeliverMany("Big", All, i => new SeedMessage(Message(i % 4 == 1 ? "the weekly digest" : "daily")));
        User.CreateFolder("Archive");
        Connect();
        IReadOnlyList<PSObject> moved =
            Succeed("$moved = @(Get-ImapMessage Big -Subject '*weekly*' | Move-ImapMessage Archive -PassThru); $moved");
        Assert.Equal(Weekly, moved.Count);

        // Each UID of five digits and its comma take six octets of lines of 8,000.
        int least = ((Weekly * 6) + 7_999) / 8_000;
        Assert.InRange(Proxy.Count("UID MOVE"), least, least + 1);
        Assert.InRange(Proxy.LongestLine, 7_000, 8_000);

        // The first finds out whether texts are found by a piece at all.
        Assert.Equal(2, Proxy.Count("UID SEARCH"));
        Assert.InRange(Proxy.Count("UID FETCH"), 1, 10);
        Assert.Equal(All - Weekly, await CountAsync("Big"));
        Assert.Equal(Weekly, await CountAsync("Archive"));
        Assert.All(moved, message => Assert.Equal("Archive", Property<string>(message, "Folder")));
        Assert.Equal(Enumerable.Range(1, Weekly), moved.Select(message => Property<int>(message, "Uid")).Order());

        // What was emitted puts every one back.
        Succeed("$moved | Move-ImapMessage Big");
        Assert.Equal(All, await CountAsync("Big"));
        Assert.Equal(0, await CountAsync("Archive"));
    }

    [Fact]
    public async Task Shuffled_messages_are_still_few_commands()
    {
        User.DeliverMany("INBOX", 4_000, _ => new SeedMessage(Message("x")));
        Connect();
        Succeed("$all = @(Get-ImapMessage); $random = [Random]::new(1); [Array]::Sort([int[]]@($all | ForEach-Object "
            + "{ $random.Next() }), $all); $all | Move-ImapMessage Trash");
        Assert.InRange(Proxy.Count("UID MOVE"), 1, 1);
        Assert.Equal(4_000, await CountAsync("Trash"));
    }

    [Fact]
    public async Task WhatIf_names_each_message_and_touches_nothing()
    {
        User.DeliverMany("INBOX", 25, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect();
        string told = Engine.Format("Get-ImapMessage | Move-ImapMessage NewFolder -CreateFolder -WhatIf");
        Assert.All(Enumerable.Range(0, 25), i => Assert.Contains(Text($"'message {i}'"), told, StringComparison.Ordinal));
        Assert.DoesNotContain(Proxy.Commands, command => _changing.Contains(command.Verb, StringComparer.Ordinal));
        Assert.Equal(25, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task More_than_MaxMessages_touches_nothing()
    {
        User.DeliverMany("INBOX", 11, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect();
        Assert.Equal(ErrorCategory.InvalidOperation,
            AssertError(Run("Get-ImapMessage | Move-ImapMessage Trash -MaxMessages 10 -BatchSize 3"),
            "LimitExceeded").CategoryInfo.Category);
        Assert.DoesNotContain(Proxy.Commands, command => _changing.Contains(command.Verb, StringComparer.Ordinal));
        Assert.Equal(11, await CountAsync("INBOX"));
        Succeed("Get-ImapMessage | Move-ImapMessage Trash -MaxMessages 11");
        Assert.Equal(0, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task BatchSize_says_how_many_at_a_time()
    {
        User.DeliverMany("INBOX", 25, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect();
        Succeed("Get-ImapMessage | Move-ImapMessage Trash -BatchSize 10");
        Assert.Equal(3, Proxy.Count("UID MOVE"));
        Assert.Equal(25, await CountAsync("Trash"));
    }

    [Fact]
    public void An_empty_pipeline_needs_not_even_a_session() => Assert.Empty(Succeed("@() | Move-ImapMessage Anywhere"));

    [Fact]
    public async Task Anything_with_a_folder_and_a_UID()
    {
        User.DeliverMany("INBOX", 4, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect();
        Succeed($$"""
            [pscustomobject]@{ Folder = 'INBOX'; Uid = 1 }, @{ Folder = 'INBOX'; Uid = '2' }, {{Revived("(Get-ImapMessage -Uid 3)")}} |
                ForEach-Object { [pscustomobject]$_ } | Move-ImapMessage Trash
            """);
        Assert.Equal(3, await CountAsync("Trash"));
        Succeed("Move-ImapMessage -Message (Get-ImapMessage) -Destination (Get-ImapFolder Trash)");
        Assert.Equal(4, await CountAsync("Trash"));
    }

    [Fact]
    public void PassThru_tells_all_of_a_message_of_which_only_the_UID_was_given()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"message {i}")), new MessageState(Flags: SystemFlags.Flagged)));
        Connect();
        IReadOnlyList<PSObject> moved =
            Succeed("1..3 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Move-ImapMessage Trash -PassThru");
        Assert.Equal(["message 0", "message 1", "message 2"], Subjects(moved));
        Assert.All(moved, message => Assert.True(Property<bool>(message, "IsFlagged")));
        Assert.Equal(1, Proxy.Count("UID FETCH"));
    }

    [Fact]
    public void To_the_folder_with_a_role()
    {
        User.Deliver("INBOX", Message("x"));
        Connect();
        Assert.Equal("Trash",
            Property<string>(Assert.Single(Succeed("Get-ImapMessage | Move-ImapMessage -SpecialUse Trash -PassThru")), "Folder"));
        AssertError(Run("Get-ImapMessage Trash | Move-ImapMessage -SpecialUse Flagged"), "FolderNotFound");
    }

    [Fact]
    public async Task To_a_folder_that_is_created_level_by_level()
    {
        const string Path = "Entwürfe/Q&A \"2026\"/Ça & là";
        User.Deliver("INBOX", Message("x"));
        Connect();
        AssertError(Run("Get-ImapMessage | Move-ImapMessage $path", ("path", Path)), "FolderNotFound");
        Assert.Equal(1, await CountAsync("INBOX"));
        Assert.Equal(Path, Property<string>(
            Assert.Single(Succeed("Get-ImapMessage | Move-ImapMessage $path -CreateFolder -PassThru", ("path", Path))), "Folder"));
        Assert.Equal(1, await CountAsync(Path));
    }

    [Fact]
    public async Task To_where_they_are_already()
    {
        User.Deliver("INBOX", Message("x"));
        Connect();
        Assert.Equal(1u, Property<uint>(Assert.Single(Succeed("Get-ImapMessage | Move-ImapMessage inbox -PassThru")), "Uid"));
        Assert.Equal(1, await CountAsync("INBOX"));
        Assert.Equal(0, Proxy.Count("UID MOVE"));
    }

    [Fact]
    public async Task A_stale_UIDVALIDITY_touches_nothing_and_the_others_go_on()
    {
        User.Deliver("INBOX", Message("one"));
        User.Deliver("Sent", Message("two"));
        Connect();
        EngineResult result =
            Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 1; UidValidity = 7 }, (Get-ImapMessage Sent) | Move-ImapMessage Trash");
        AssertError(result, "UidValidityChanged");
        Assert.Equal(1, await CountAsync("INBOX"));
        Assert.Equal(1, await CountAsync("Trash"));
    }

    [Fact]
    public async Task UIDs_that_are_gone()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect();
        EngineResult result =
            Run("1, 2, 77 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Move-ImapMessage Trash -PassThru");
        AssertError(result, "MessageNotFound");
        Assert.Equal(2, result.Output.Count);
        AssertError(Run("[pscustomobject]@{ Folder = 'INBOX'; Uid = 77 } | Move-ImapMessage Trash"), "MessageNotFound");
        Assert.Equal(1, await CountAsync("INBOX"));
    }

    [Fact]
    public void Confirm_asks_and_no_to_all_stops()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect();
        using var engine = new PowerShellEngine(new EngineOptions());
        engine.Prompts.Answer(0, 3);
        EngineResult result = engine.Invoke(
            "Get-ImapMessage -Session $id | Move-ImapMessage Trash -Confirm", SessionId());
        Assert.Empty(result.AllErrors);
        Assert.Equal(2, engine.Prompts.Asked.Count);
        Assert.Equal(2, Succeed("Get-ImapMessage").Count);
    }

    [Fact]
    public async Task Another_client_s_deleted_messages_survive()
    {
        Proxy.HideCapability("MOVE");
        User.DeliverMany("INBOX", 6, i =>
            new SeedMessage(Message(Text($"message {i}")), new MessageState(Flags: i < 3 ? SystemFlags.Deleted : SystemFlags.None)));
        Connect();
        Assert.Equal(2, Succeed("Get-ImapMessage -Uid 4, 5 | Move-ImapMessage Trash -PassThru").Count);
        Assert.Equal(1, Proxy.Count("UID COPY"));
        Assert.Equal(1, Proxy.Count("UID EXPUNGE"));
        Assert.Equal(0, Proxy.Count("EXPUNGE"));
        Assert.Equal(4, await CountAsync("INBOX"));
        Assert.Equal(2, await CountAsync("Trash"));
    }

    [Fact]
    public async Task A_server_with_neither_MOVE_nor_UIDPLUS_is_not_trusted_to_expunge()
    {
        Proxy.HideCapability("MOVE", "UIDPLUS");
        User.Deliver("INBOX", Message("x"));
        Connect();
        Assert.Equal(ErrorCategory.NotImplemented,
            AssertError(Run("Get-ImapMessage | Move-ImapMessage Trash"), "NotSupportedByServer").CategoryInfo.Category);
        Assert.DoesNotContain(Proxy.Commands, command => _changing.Contains(command.Verb, StringComparer.Ordinal));
        Assert.Equal(1, await CountAsync("INBOX"));
    }

    [Fact]
    public async Task A_server_with_MOVE_alone_moves_by_number_and_tells_no_UIDs()
    {
        Proxy.HideCapability("UIDPLUS");
        User.DeliverMany("INBOX", 5, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect();
        Assert.Equal(["message 1", "message 3"], Subjects(Succeed("Get-ImapMessage -Uid 2, 4 | Move-ImapMessage Trash -PassThru")));
        Assert.Equal(3, await CountAsync("INBOX"));
        Assert.Equal(["message 1", "message 3"], Subjects(Succeed("Get-ImapMessage Trash")));
    }

    [Fact]
    public async Task Sequence_numbers_that_shift_do_not_move_the_wrong_message()
    {
        Proxy.HideCapability("UIDPLUS");
        User.DeliverMany("INBOX", 5, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect();
        Succeed("$wanted = Get-ImapMessage -Uid 4");
        Proxy.On("UID FETCH", ProxyAction.Run(() => ExpungeAsync("1")));
        Succeed("$wanted | Move-ImapMessage Trash");
        Assert.Equal(["message 3"], Subjects(Succeed("Get-ImapMessage Trash")));
        Assert.Equal(3, await CountAsync("INBOX"));
    }

    [Theory]
    [InlineData("NO [OVERQUOTA] full", "QuotaExceeded", ErrorCategory.QuotaExceeded)]
    [InlineData("NO [NOPERM] not yours", "PermissionDenied", ErrorCategory.PermissionDenied)]
    [InlineData("NO no reason", "CommandRejected", ErrorCategory.InvalidOperation)]
    public async Task What_the_server_refuses(string answer, string id, ErrorCategory category)
    {
        User.Deliver("INBOX", Message("x"));
        Connect();
        Proxy.On("UID MOVE", ProxyAction.Reply("{tag} " + answer));

        // What is refused for no reason that is said may be MOVE itself: then COPY is tried.
        Proxy.On("UID COPY", ProxyAction.Reply("{tag} " + answer));
        Assert.Equal(category, AssertError(Run("Get-ImapMessage | Move-ImapMessage Trash"), id).CategoryInfo.Category);
        Assert.Equal(1, await CountAsync("INBOX"));
    }
}
