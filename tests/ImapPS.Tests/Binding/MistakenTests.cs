using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Binding;

/// <summary>An object is never taken for what it only has to do with: a message for its folder, a file for a folder of that name.</summary>
public sealed class MistakenTests(MailServer mail) : ModuleTest(mail)
{
    /// <summary>
    /// What is refused, and what is to be told instead where that is known; the folder holds three messages, two of them the same.
    /// </summary>
    [Theory]
    [InlineData("Get-ImapMessage Lists -First 1 | Clear-ImapFolder -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("Get-ImapMessage Lists -First 1 | Remove-ImapFolder -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("Get-ImapMessage Lists | Rename-ImapFolder -NewName Gone", "Move-ImapMessage")]
    [InlineData("Get-ImapMessage Lists | Set-ImapFolder -Subscribed $true", "Set-ImapMessage")]
    [InlineData("Get-ImapMessage Lists | Watch-ImapFolder -TimeoutSeconds 0")]
    [InlineData("Get-ImapMessage Lists | Get-ImapFolder", "Get-ImapMessage")]
    [InlineData("Get-ImapMessage Lists | Wait-ImapMessage -TimeoutSeconds 0")]
    [InlineData("Get-ImapMessage Lists | Get-ImapMessageContent | Clear-ImapFolder -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("Find-ImapDuplicate Lists | Clear-ImapFolder -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("Find-ImapDuplicate Lists | Remove-ImapFolder -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("Watch-ImapFolder Lists -After $mark -TimeoutSeconds 0 | Clear-ImapFolder -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("[pscustomobject]@{ Folder = 'Lists'; Uid = '1' } | Clear-ImapFolder -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("[pscustomobject]@{ Folder = 'Lists'; Uid = '' } | Clear-ImapFolder -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("[pscustomobject]@{ Path = 'Lists'; Uid = 1 } | Clear-ImapFolder -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("[pscustomobject]@{ LiteralPath = 'Lists'; Uid = 1 } | Clear-ImapFolder -Force -Confirm:$false")]
    [InlineData("@{ Folder = 'Lists'; Uid = 1 } | Remove-ImapFolder -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("@{ Path = 'Lists'; Uid = 1 } | Remove-ImapFolder -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("[pscustomobject]@{ Folder = 'Lists' } | Clear-ImapFolder -Force -Confirm:$false", "Path")]
    [InlineData("[pscustomobject]@{ Folder = 'Lists'; Subject = 'x' } | Get-ImapMessage")]
    [InlineData("[pscustomobject]@{ Folder = 'Lists'; MessageId = 'x' } | Get-ImapMessage")]
    [InlineData("[pscustomobject]@{ Folder = 'Lists'; Uid = '' } | Get-ImapMessage")]
    [InlineData("[pscustomobject]@{ Folder = 'Lists'; Uid = $null } | Get-ImapMessage | Remove-ImapMessage")]
    [InlineData("Get-ImapMessage Lists | Select-Object Folder, SessionId | Get-ImapMessage")]
    [InlineData("Get-ImapMessage Lists | Select-Object Folder, SessionId | Clear-ImapFolder -Force -Confirm:$false")]
    [InlineData("Get-ImapMessage Lists | Select-Object Folder, SessionId | Set-ImapMessage -Read")]
    [InlineData("Clear-ImapFolder $message -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("Clear-ImapFolder -LiteralPath $message -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("Remove-ImapFolder -Path $message -Force -Confirm:$false", "Remove-ImapMessage")]
    [InlineData("Get-ImapMessage Lists | Clear-ImapFolder Lists -Force -Confirm:$false")]
    [InlineData("Get-ImapMessage Lists | Remove-ImapFolder -LiteralPath Lists -Force -Confirm:$false")]
    [InlineData("Get-ImapMessage Lists | Get-ImapMessage -Folder Other")]
    [InlineData("Get-ImapMessage Lists | Get-ImapMessage -Uid 1")]
    [InlineData("Get-ImapMessage Lists | Move-ImapMessage -Destination $message")]
    [InlineData("Get-ImapMessage Lists | Copy-ImapMessage $message")]
    [InlineData("Rename-ImapFolder Lists -Destination $message")]
    [InlineData("Import-ImapMessage $message $file", "Copy-ImapMessage")]
    [InlineData("Get-ImapMessage Lists | Import-ImapMessage Lists")]
    [InlineData("$message | Find-ImapDuplicate", "Find-ImapDuplicate")]
    [InlineData("[System.IO.FileInfo]$file | Remove-ImapFolder -Force -Confirm:$false", "Import-ImapMessage")]
    [InlineData("[System.IO.FileInfo]$file | New-ImapFolder", "Import-ImapMessage")]
    [InlineData("[System.IO.DirectoryInfo]'Lists' | Clear-ImapFolder -Force -Confirm:$false", "Import-ImapMessage")]
    [InlineData("[System.IO.FileInfo]$file | Set-ImapMessage -Read", "Import-ImapMessage")]
    [InlineData("[pscustomobject]@{ Path = 'Lists'; PSPath = 'FileSystem::Lists' } | Clear-ImapFolder -Force -Confirm:$false",
        "Import-ImapMessage")]
    [InlineData("Get-Module ImapPS | Clear-ImapFolder -Force -Confirm:$false")]
    [InlineData("[System.Diagnostics.Process]::GetCurrentProcess() | Disconnect-Imap")]
    [InlineData("[System.Diagnostics.Process]::GetCurrentProcess() | Select-ImapSession")]
    [InlineData("$message | Disconnect-Imap")]
    [InlineData("Get-ImapSession | Where-Object IsDefault | Clear-ImapFolder -Force -Confirm:$false", "Path")]
    [InlineData("Get-ImapSession | Where-Object IsDefault | Remove-ImapFolder -Force -Confirm:$false", "Path")]
    [InlineData("Get-ImapFolder Lists | Remove-ImapMessage -Permanent -Force -Confirm:$false", "Get-ImapMessage")]
    [InlineData("'Lists' | Remove-ImapMessage -Permanent -Force -Confirm:$false", "Get-ImapMessage")]
    [InlineData("[System.DayOfWeek]::Monday | New-ImapFolder")]
    [InlineData("$true | New-ImapFolder")]
    public async Task It_is_refused(string script, string? instead = null)
    {
        string file = Path.GetTempFileName();
        string same = Message("Lists");
        foreach (string message in new[] { same, same, Message("other") }) User.Deliver("Lists", message);
        User.Deliver("Other", Message("another"));
        Connect();
        Succeed("$mark = Get-ImapFolder Lists; Get-ImapMessage Lists -First 1 | Set-ImapMessage -Flagged; $message "
            + "= Get-ImapMessage Lists -Newest 1");
        IReadOnlyList<string> before = await StateAsync("Lists");

        EngineResult result = Run(script, ("file", file));
        Assert.Empty(result.Output);
        IEnumerable<string> ids = result.AllErrors.Select(error => error.FullyQualifiedErrorId).Distinct();
        Assert.Matches("^(ArgumentInvalid|InputObjectNotBound|MessageNotFound),ImapPS\\.Commands\\.[A-Za-z]+Command$", Assert.Single(ids));
        if (instead is not null)
        {
            ErrorRecord error = Assert.Single(result.AllErrors);
            Assert.StartsWith("ArgumentInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
            Assert.Contains(instead, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Equal(before, await StateAsync("Lists"));
        Assert.Equal(1, await CountAsync("Other"));
        Assert.Single(Succeed("Get-ImapSession | Where-Object IsDefault"));
        File.Delete(file);
    }

    [Fact]
    public async Task What_is_good_goes_on_and_a_mistake_is_told_once()
    {
        User.DeliverMany("Lists", 30, i => new SeedMessage(Message(Text($"{i}"))));
        User.DeliverMany("Junk", 3, i => new SeedMessage(Message(Text($"{i}"))));
        Connect();
        EngineResult result =
            Run("Get-ImapMessage Lists | ForEach-Object { $_; if ($_.Uid -eq 15) { Get-ImapFolder Junk } } | "
            + "Clear-ImapFolder -Force -Confirm:$false");
        ErrorRecord error = AssertError(result, "ArgumentInvalid");
        Assert.Equal(1u, Property<uint>(PSObject.AsPSObject(error.TargetObject), "Uid"));
        Assert.Equal(30, await CountAsync("Lists"));
        Assert.Equal(0, await CountAsync("Junk"));
    }
}
