using ImapPS.Sandbox;

namespace ImapPS.Tests.Syncing;

/// <summary>What is removed from the destination, and what protects it.</summary>
public sealed class RemoveExtraTests(MailServer mail) : SyncTest(mail)
{
    [Fact]
    public async Task What_the_source_has_lost_goes_and_nothing_else()
    {
        Fill(10, "One", "Two");
        ConnectBoth();
        Sync("One, Two");
        await OnSourceAsync("SELECT One", "STORE 1:3 +FLAGS (\\Deleted)", "EXPUNGE");
        await OnOtherAsync("SELECT One", "STORE 10 +FLAGS (\\Deleted)");
        Other.Deliver("Untouched", Message("theirs"));
        OtherProxy.Clear();
        Assert.Equal(["One 0 1 3 0", "Two 0 0 0 0"], Done(Sync("One, Two -RemoveExtra -Force")).Order(StringComparer.Ordinal));
        await AssertSameAsync("One");
        Assert.Equal(1, await CountAsync("Untouched", Other));
        Assert.Equal(0, OtherProxy.Count("EXPUNGE"));
        Assert.Equal(1, OtherProxy.Count("UID EXPUNGE"));
    }

    [Theory]
    [InlineData("-MaxMessages 3", "LimitExceeded", 0)]
    [InlineData("-MaxMessages 4", null, 4)]
    [InlineData("-MaxPercent 29", "LimitExceeded", 0)]
    [InlineData("-MaxPercent 30", null, 4)]
    public async Task The_limits_hold_for_all_folders(string limit, string? error, int removed)
    {
        Fill(10, "One", "Two");
        ConnectBoth();
        Sync("One, Two");
        await OnSourceAsync("SELECT One", "STORE 1:3 +FLAGS (\\Deleted)", "EXPUNGE");
        await OnSourceAsync("SELECT Two", "STORE 1 +FLAGS (\\Deleted)", "EXPUNGE");
        User.Deliver("One", Message("more"));
        EngineResult result = Run($"Sync-ImapFolder One, Two -ToSession $other -RemoveExtra -Force {limit}");
        if (error is null) Assert.Empty(result.AllErrors);
        else AssertError(result, error);

        // What is copied is not limited, and all is told.
        Assert.Equal(2, result.Output.Count);
        Assert.Equal(1, result.Output.Sum(folder => Property<int>(folder, "Copied")));
        Assert.Equal(removed, result.Output.Sum(folder => Property<int>(folder, "Removed")));
        Assert.Equal(21 - removed, await CountAsync("One", Other) + await CountAsync("Two", Other));
    }

    [Fact]
    public async Task A_source_that_is_suddenly_empty_empties_nothing_by_itself()
    {
        Fill(4, "One", "Two");
        ConnectBoth();
        Sync("One, Two");
        await OnSourceAsync("SELECT One", "STORE 1:* +FLAGS (\\Deleted)", "EXPUNGE", "SELECT Two", "STORE 1 +FLAGS (\\Deleted)", "EXPUNGE");
        EngineResult result = Run("Sync-ImapFolder One, Two -ToSession $other -RemoveExtra -Force");
        AssertError(result, "LimitExceeded");
        Assert.Equal(["One 0 0 0 4", "Two 0 0 1 0"], Done(result.Output).Order(StringComparer.Ordinal));
        Assert.Equal(["One 0 0 4 0"], Done(Sync("One -RemoveExtra -Force -MaxPercent 100")));
        Assert.Equal(0, await CountAsync("One", Other));
    }

    [Fact]
    public async Task Nothing_is_removed_unasked()
    {
        Fill(4, "One");
        ConnectBoth();
        Sync("One");
        await OnSourceAsync("SELECT One", "STORE 1 +FLAGS (\\Deleted)", "EXPUNGE");
        AssertError(Run("Sync-ImapFolder One -ToSession $other -RemoveExtra"), "ConfirmationRequired");
        Assert.Equal(4, await CountAsync("One", Other));
        (EngineResult result, IReadOnlyList<SandboxPrompt> asked) =
            Ask($"Sync-ImapFolder One -Session $id -ToSession '{OtherName}' -RemoveExtra", "No");
        Assert.Empty(result.AllErrors);
        Assert.Single(asked);
        Assert.Equal(["One 0 0 0 1"], Done(result.Output));
        Assert.Equal(4, await CountAsync("One", Other));
    }

    [Fact]
    public async Task A_listing_that_leaves_messages_out_removes_nothing()
    {
        Fill(4, "One");
        ConnectBoth();
        Sync("One");
        Proxy.On("UID SEARCH", ProxyAction.Reply("* ESEARCH (TAG \"{tag}\") UID ALL 1:2\r\n{tag} OK done"), times: 10);
        EngineResult result = Run("Sync-ImapFolder One -ToSession $other -RemoveExtra -Force");
        AssertError(result, "ProtocolError");
        Assert.Equal(["One 0 0 0 4"], Done(result.Output));
        Assert.Equal(4, await CountAsync("One", Other));

        // Nor is it told that all is well where nothing is to be removed.
        result = Run("Sync-ImapFolder One -ToSession $other");
        AssertError(result, "ProtocolError");
        Assert.Equal(["One 0 0 0 4"], Done(result.Output));
    }

    [Fact]
    public async Task A_listing_of_the_destination_that_leaves_messages_out_doubles_nothing()
    {
        Fill(4, "One");
        ConnectBoth();
        Sync("One");
        OtherProxy.Clear();
        OtherProxy.On("UID SEARCH", ProxyAction.Reply("* ESEARCH (TAG \"{tag}\") UID ALL 1:2\r\n{tag} OK done"), times: 10);
        EngineResult result = Run("Sync-ImapFolder One -ToSession $other -RemoveExtra -Force");
        AssertError(result, "ProtocolError");
        Assert.Empty(result.Output);
        AssertNothingChangesThere();
        Assert.Equal(4, await CountAsync("One", Other));
    }

    /// <summary>Another client may expunge between the opening and the listing, of which the server does not tell at once.</summary>
    [Fact]
    public async Task A_listing_that_is_shorter_than_it_should_be_is_made_anew()
    {
        Fill(4, "One");
        ConnectBoth();
        Sync("One");
        foreach (FaultProxy proxy in new[] { Proxy, OtherProxy })
        {
            proxy.On("UID SEARCH", ProxyAction.Reply("* ESEARCH (TAG \"{tag}\") UID ALL 1:2\r\n{tag} OK done"));
        }

        Assert.Equal(["One 0 0 0 0"], Done(Sync("One -RemoveExtra -Force")));
        await AssertSameAsync("One");
    }

    [Fact]
    public async Task What_was_moved_to_where_it_cannot_be_copied_stays_where_it_is()
    {
        Fill(4, "One", "Two");
        ConnectBoth();
        Sync("One, Two");
        await OnSourceAsync("SELECT One", "COPY 2 Two", "STORE 2,3 +FLAGS (\\Deleted)", "EXPUNGE");
        OtherProxy.On("APPEND", ProxyAction.Reply("{tag} NO [TOOBIG] Too large"), times: 10);
        EngineResult result = Run("Sync-ImapFolder One, Two -ToSession $other -RemoveExtra -Force");
        AssertError(result, "MessageTooLarge");
        Assert.Equal(["One 0 0 1 1", "Two 0 0 0 1"], Done(result.Output).Order(StringComparer.Ordinal));
        Assert.Single(result.Warnings);
        Assert.Contains(await StoredAsync("One", Other), message =>
            System.Text.Encoding.Latin1.GetString(message).Contains("Subject: One 1\r\n", StringComparison.Ordinal));
        OtherProxy.ClearRules();
        AssertEqual(Sync("One, Two -RemoveExtra -Force"));
        await AssertSameAsync("Two");
    }

    [Fact]
    public async Task A_message_that_cannot_be_copied_keeps_what_may_be_its_copy()
    {
        Fill(4, "One");
        ConnectBoth();
        Sync("One");
        await OnSourceAsync("SELECT One", "STORE 1 +FLAGS (\\Deleted)", "EXPUNGE");
        User.Deliver("One", Message("more"));
        OtherProxy.On("APPEND", ProxyAction.Reply("{tag} NO [CANNOT] not that one"), times: 10);
        EngineResult result = Run("Sync-ImapFolder One -ToSession $other -RemoveExtra -Force");
        AssertError(result, "CommandRejected");
        Assert.Single(result.Warnings);
        Assert.Equal(["One 0 0 0 2"], Done(result.Output));
        Assert.Equal(4, await CountAsync("One", Other));
    }

    [Fact]
    public async Task A_folder_that_is_made_anew_meanwhile_costs_an_error()
    {
        Fill(4, "One");
        ConnectBoth();
        Sync("One");
        Succeed("$stale = Get-ImapFolder One");
        await OnSourceAsync("RENAME One Old", "CREATE One");
        EngineResult result = Run("$stale | Sync-ImapFolder -ToSession $other -RemoveExtra -Force -MaxPercent 100");
        AssertError(result, "UidValidityChanged");
        Assert.Empty(result.Output);
        Assert.Equal(4, await CountAsync("One", Other));
    }

    [Fact]
    public async Task A_mailbox_that_is_full_is_the_end()
    {
        Fill(4, "One", "Two");
        ConnectBoth();
        OtherProxy.On("APPEND", ProxyAction.Reply("{tag} NO [OVERQUOTA] full"), times: 100);
        EngineResult result = Run("Sync-ImapFolder One, Two -ToSession $other");
        AssertError(result, "QuotaExceeded");
        Assert.Equal(["One 0 0 0 4"], Done(result.Output));
        OtherProxy.ClearRules();
        AssertEqual(Sync("One, Two"));
        await AssertSameAsync("Two");
    }

    private void Fill(int count, params string[] folders)
    {
        foreach (string folder in folders)
        {
            User.DeliverMany(folder, count, i => new SeedMessage(Message(Text($"{folder} {i}"))));
        }
    }
}
