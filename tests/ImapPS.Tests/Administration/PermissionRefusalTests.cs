using ImapPS.Sandbox;
using ImapPS.Tests.Folders;

namespace ImapPS.Tests.Administration;

/// <summary>Rights are changed only as they were surely meant, and for those who have an entry.</summary>
public sealed class PermissionRefusalTests(MailServer mail) : FolderChangeTest(mail)
{
    private const string Row = " | ForEach-Object { \"$($_.Folder)|$($_.Identifier)|$($_.Letters)|$($_.Rights)|$($_.IsNegative)\" }";

    [Theory]
    [InlineData("del")]
    [InlineData("list")]
    [InlineData("3")]
    [InlineData("Own")]
    [InlineData("(3)")]
    public void What_may_mean_something_else_is_not_taken_for_rights(string rights)
    {
        Connect();
        EngineResult result = Run($"Set-ImapFolderPermission INBOX bob -Rights {rights}");
        string id = Assert.Single(result.AllErrors).FullyQualifiedErrorId;
        Assert.StartsWith("ParameterArgumentTransformationError,", id, StringComparison.Ordinal);
        Assert.Contains("Administer", result.AllErrors.Single().ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb == "SETACL");
    }

    [Fact]
    public void All_is_what_an_owner_has()
    {
        Connect();
        Succeed("Set-ImapFolderPermission INBOX bob -Rights all");
        Assert.Equal(["INBOX|bob|lrswipkxteacd|Owner, Create, Delete|False"], Rows("Get-ImapFolderPermission INBOX bob"));
        Assert.Equal(["INBOX|bob||None|False"], Rows("Set-ImapFolderPermission INBOX bob -Remove all -PassThru"));
        string row = "[pscustomobject]@{ Folder = 'INBOX'; Identifier = 'bob'; Letters = 'all' } | Set-ImapFolderPermission";
        Assert.Contains("NotBound", Assert.Single(Run(row).AllErrors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void One_right_is_not_added_and_removed()
    {
        Connect();
        AssertError(Run("Set-ImapFolderPermission INBOX bob -Add w -Remove Write, Read"), "ArgumentInvalid");
        AssertError(Run("Set-ImapFolderPermission INBOX 'b*' -Rights None"), "ArgumentInvalid");
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb == "SETACL");
    }

    [Fact]
    public void Whom_no_entry_is_of_is_told()
    {
        foreach (string folder in new[] { "a", "a/b" }) User.CreateFolder(folder);
        Connect();
        Succeed("Set-ImapFolderPermission a bob, bo, carol, dora lr; Set-ImapFolderPermission a/b bob lr");
        EngineResult result = Run("Remove-ImapFolderPermission a never, bo, 'x*', caro -Recurse");
        Assert.Equal(["never", "caro"], result.AllErrors.Select(error => $"{error.TargetObject}"));
        Assert.All(result.AllErrors,
            error => Assert.StartsWith("PermissionNotFound,", error.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Contains("'carol'", result.AllErrors.Last().ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(["bob", "carol", "dora"], Others("a"));
        Succeed("Remove-ImapFolderPermission a Carol -Recurse; Remove-ImapFolderPermission a 'b*', 'd?ra'");
        Assert.Empty(Others("a"));
        Assert.Equal(["bob"], Others("a/b"));
        AssertError(Run("$entry = Get-ImapFolderPermission a/b bob; $entry, $entry | Remove-ImapFolderPermission"), "PermissionNotFound");
        AssertError(Run("Remove-ImapFolderPermission a bob -WhatIf"), "PermissionNotFound");
        AssertError(Run("Remove-ImapFolderPermission a '*'"), "ConfirmationRequired");
    }

    private string[] Others(string folder) =>
        [.. Succeed($"(Get-ImapFolderPermission '{folder}' -Identifier *).Identifier").Select(who => $"{who}")
            .Where(who => who != User.Name).Order(StringComparer.Ordinal)];

    private string[] Rows(string script) => [.. Succeed(script + Row).Select(row => row.ToString())];
}
