using ImapPS.Sandbox;

namespace ImapPS.Tests.Administration;

/// <summary>Access lists go from Dovecot to Cyrus and back.</summary>
public sealed class CyrusPermissionTests(MailServer mail, CyrusFixture cyrus) : CyrusTest(mail, cyrus)
{
    private const string Letters = " | Sort-Object Identifier | ForEach-Object { \"$($_.Identifier) $($_.Letters)\" }";

    /// <summary>
    /// Each of the eleven rights, of the two obsolete ones, and the presets. Dovecot tells c and d beside the rights that they were split
    /// into, and so does Cyrus, which makes small letters of identifiers.
    /// </summary>
    [Fact]
    public async Task Rights_set_on_Dovecot_are_those_that_both_report_after_a_copy()
    {
        User.CreateFolder("from");
        User.CreateFolder("back");
        await ConnectCyrusAsync();
        Succeed("$null = New-ImapFolder copy -Session $user");
        ConnectDovecot();
        string[] all = [.. "lrswipkxteacd".Select(letter => letter.ToString()), "reader", "editor", "owner"];
        foreach (string rights in all) Succeed($"Set-ImapFolderPermission from test-{rights} -Rights {rights}");
        Succeed("Set-ImapFolderPermission from '-denied' -Rights lr");
        Succeed("Get-ImapFolderPermission from *test-*, '-denied' | Set-ImapFolderPermission copy -Session $user");
        Succeed("Get-ImapFolderPermission copy *test-*, '-denied' -Session $user | Set-ImapFolderPermission back -Session $dovecot");

        string from = Lines(Succeed("Get-ImapFolderPermission from *test-*, '-denied' -Session $dovecot" + Letters));
        Assert.Equal(all.Length + 1, from.Split('\n').Length);
        Assert.Contains("test-k kc", from, StringComparison.Ordinal);
        Assert.Contains("test-d ted", from, StringComparison.Ordinal);
        Assert.Equal(from, Lines(Succeed("Get-ImapFolderPermission copy *test-*, '-denied' -Session $user" + Letters)));
        Assert.Equal(from, Lines(Succeed("Get-ImapFolderPermission back *test-*, '-denied' -Session $dovecot" + Letters)));
    }

    [Fact]
    public async Task Cyrus_has_a_right_of_its_own_which_Dovecot_does_not_get()
    {
        MailLogin user = await ConnectCyrusAsync();
        Assert.Contains("n", Lines(Succeed("(Get-ImapFolderPermission -Mine).Letters")), StringComparison.Ordinal);
        ConnectDovecot();
        EngineResult result =
            Run($"Get-ImapFolderPermission INBOX {user.Name} -Session $user | Set-ImapFolderPermission -Session $dovecot");
        Assert.Empty(result.AllErrors);
        Assert.Single(result.Warnings);
        Assert.NotEmpty(Succeed($"Get-ImapFolderPermission INBOX {user.Name} -Session $dovecot"));
    }

    [Fact]
    public async Task Cyrus_keeps_access_lists_for_those_who_may_administer()
    {
        MailLogin owner = await ConnectCyrusAsync();
        Succeed($"Set-ImapFolderPermission INBOX $other -Rights lr -Session $user", ("other", "guest"));
        MailLogin guest = await Cyrus.AddUserAsync(Cancellation);
        Succeed("Set-ImapFolderPermission INBOX $other -Rights lr -Session $user", ("other", guest.Name));
        ConnectCyrus(guest, "guest");
        string folder = Lines(Succeed("(Get-ImapFolder -Namespace Others -Session $guest).Path"));
        Assert.Contains(owner.Name, folder, StringComparison.Ordinal);
        Assert.Equal("lr", Lines(Succeed("(Get-ImapFolderPermission $folder -Mine -Session $guest).Letters", ("folder", folder))));
        AssertError(Run("Get-ImapFolderPermission $folder -Session $guest", ("folder", folder)), "PermissionDenied");
    }
}
