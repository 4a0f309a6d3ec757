namespace ImapPS.Tests.Administration;

public sealed class CyrusMetadataTests(MailServer mail, CyrusFixture cyrus) : CyrusTest(mail, cyrus)
{
    [Fact]
    public async Task Entries_are_set_read_and_removed()
    {
        await ConnectCyrusAsync();
        string text = string.Concat(Enumerable.Repeat("0123456789\r\n", 500));
        Succeed("Set-ImapMetadata INBOX /private/comment mine; Set-ImapMetadata INBOX /shared/comment $text", ("text", text));
        Assert.Equal(
            "/private/comment 4\n/shared/comment 6000",
            Lines(Succeed("Get-ImapMetadata INBOX /private/comment, /shared/comment | Sort-Object Entry | "
                + "ForEach-Object { \"$($_.Entry) $($_.Size)\" }")));
        Assert.Contains("/private/comment", Lines(Succeed("Get-ImapMetadata INBOX | ForEach-Object Entry")), StringComparison.Ordinal);
        AssertError(Run("Get-ImapMetadata INBOX /shared/comment -MaxSize 100"), "LimitExceeded");
        Succeed("Set-ImapMetadata INBOX /private/comment $null");
        Assert.Empty(Succeed("Get-ImapMetadata INBOX /private/comment"));
        Succeed("Set-ImapMetadata -Entry /shared/comment -Value all -Session $admin");
        Assert.Equal("all", Lines(Succeed("(Get-ImapMetadata -Entry /shared/comment).Value")));
        AssertError(Run("Set-ImapMetadata -Entry /shared/comment -Value mine"), "PermissionDenied");
    }
}
