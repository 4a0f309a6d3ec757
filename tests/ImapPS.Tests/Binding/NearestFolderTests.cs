using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Binding;

/// <summary>A folder that is not there: the error tells the one that may have been meant.</summary>
public sealed class NearestFolderTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData("Get-ImapFolder Archvie/2025", "Archive/2025")]
    [InlineData("Get-ImapFolder archive/2025", "Archive/2025")]
    [InlineData("Get-ImapFolder Archive.2025", "Archive/2025")]
    [InlineData("Get-ImapFolder powershell", "Lists/powershell")]
    [InlineData("Get-ImapMessage Trsh", "Trash")]
    [InlineData("Get-ImapMessage Inbix", "INBOX")]
    [InlineData("Get-ImapMessage | Move-ImapMessage Archiv", "Archive")]
    [InlineData("Clear-ImapFolder Jnuk -Force -Confirm:$false", "Junk")]
    [InlineData("Remove-ImapFolder Archve -Recurse -Force -Confirm:$false", "Archive")]
    [InlineData("Rename-ImapFolder Archve -NewName New", "Archive")]
    [InlineData("Wait-ImapMessage Trahs -TimeoutSeconds 0", "Trash")]
    [InlineData("Get-ImapFolder Entwuerfe", "Entwürfe")]
    public void It_is_told(string script, string nearest)
    {
        foreach (string folder in new[] { "Archive", "Archive/2025", "Lists/powershell", "Entwürfe" }) User.CreateFolder(folder);
        User.Deliver("INBOX", Message("x"));
        Connect();
        ErrorRecord error = AssertError(Run(script), "FolderNotFound");
        Assert.Contains($"'{nearest}'", error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"'{nearest}'", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-ImapFolder Quarterly")]
    [InlineData("Get-ImapMessage Quarterly")]
    [InlineData("Get-ImapMessage | Copy-ImapMessage Quarterly")]
    public void Nothing_is_told_that_is_not_like_it(string script)
    {
        User.Deliver("INBOX", Message("x"));
        Connect();
        ErrorRecord error = AssertError(Run(script), "FolderNotFound");
        Assert.DoesNotContain("There is", error.ToString(), StringComparison.Ordinal);
        Assert.InRange(Proxy.Commands.Count(command => command.Verb == "LIST" && command.Line.EndsWith('*')), 0, 1);
    }

    /// <summary>A name that shows as it is not, or as what was asked for, helps nobody; wildcards reach it.</summary>
    [Theory]
    [InlineData("a b;c", "a\u200b b;c", "'a? b;c'")]
    [InlineData("a b;c", "a\u00a0b;c", "'a?b;c'")]
    [InlineData("Archive", "Ar\u200dchive", "'Ar?chive'")]
    [InlineData("Archive", "Archive\U000e0041", "'Archive??'")]
    [InlineData("Archivd", "Archi\u200dve", "'Archi?ve'")]
    [InlineData("Entw\u00fcrfe", "Entwu\u0308rfe", "'Entwu?rfe'")]
    [InlineData("it's", "it\u2060's", "'it?''s'")]
    [InlineData("Ar\u200bchive", "Archive", "'Archive'")]
    public void A_name_that_cannot_be_typed_is_not_told(string asked, string name, string pattern)
    {
        User.CreateFolder(name);
        Connect();
        ErrorRecord error = AssertError(Run("Get-ImapFolder -LiteralPath $asked", ("asked", asked)), "FolderNotFound");
        Assert.DoesNotContain("There is '", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("characters that are not seen", error.ToString(), StringComparison.Ordinal);
        Assert.Contains($"Get-ImapFolder -Path {pattern} ", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(name, Property<string>(Assert.Single(Succeed($"Get-ImapFolder -Path {pattern}")), "Path"));
    }

    [Fact]
    public void It_costs_one_LIST_at_most()
    {
        Connect();
        AssertError(Run("Get-ImapFolder Trsh"), "FolderNotFound");
        Assert.Equal(2, Proxy.Count("LIST"));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("no")]
    public void A_LIST_that_fails_hides_nothing(string how)
    {
        Connect();
        Succeed("$null = Get-ImapFolder INBOX");
        Proxy.Clear();
        int lists = 0;
        Proxy.On(command => command.Verb == "LIST" && ++lists == 2, how == "cut"
            ? ProxyAction.CutBefore
            : ProxyAction.Reply("{tag} NO not now"));
        AssertError(Run("Get-ImapFolder Trsh"), "FolderNotFound");
        Assert.Equal(2, Proxy.Count("LIST"));
        Assert.Single(Succeed("Get-ImapFolder Trash"));
    }

    [Fact]
    public void Where_the_connection_is_gone_nothing_is_looked_for()
    {
        Connect("-RetryCount 0");
        Proxy.On("LIST", ProxyAction.CutBefore);
        AssertError(Run("Get-ImapFolder Trsh"), "ConnectionLost");
        Assert.Equal(1, Proxy.Count("LIST"));
    }
}
