using ImapPS.Sandbox;

namespace ImapPS.Tests.Administration;

/// <summary>Cyrus lets an administrator set limits, of resources that MailKit does not know, too.</summary>
public sealed class CyrusQuotaTests(MailServer mail, CyrusFixture cyrus) : CyrusTest(mail, cyrus)
{
    [Fact]
    public async Task An_administrator_sets_and_removes_limits()
    {
        MailLogin user = await ConnectCyrusAsync();
        AssertError(Run($"Set-ImapQuota user/{user.Name} -Limit 5GB"), "PermissionDenied");
        Assert.Empty(Succeed($"Set-ImapQuota user/{user.Name} -Limit 1TB -Session $admin"));
        Succeed($"Set-ImapQuota user/{user.Name} -Resource X-NUM-FOLDERS -Limit 7 -Session $admin");
        Assert.Equal(
            "INBOX|STORAGE|1099511627776|INBOX\nINBOX|X-NUM-FOLDERS|7|INBOX",
            Lines(Succeed("Get-ImapQuota INBOX | ForEach-Object { \"$($_.Root)|$($_.Resource)|$($_.Limit)|$($_.Folders)\" }")));
        Assert.Equal("X-NUM-FOLDERS", Lines(Succeed(
            $"(Set-ImapQuota user/{user.Name} -NoLimit -PassThru -Session $admin).Resource")));
    }
}
