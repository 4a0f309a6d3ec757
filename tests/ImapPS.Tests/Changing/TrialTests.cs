using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

/// <summary>-WhatIf meets the errors that the real run meets, and touches nothing.</summary>
public sealed class TrialTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly string[] _reading = ["LIST", "LSUB", "STATUS", "EXAMINE", "NOOP", "UID SEARCH", "UID FETCH"];

    /// <summary>What is wrong, by the errors that it must give, an id for each; -WhatIf goes where ! stands.</summary>
    private static readonly Dictionary<string, (string Statement, string Ids)[]> _wrong = new(StringComparer.Ordinal)
    {
        ["Set-ImapMessage"] =
        [
            ("$stale | Set-ImapMessage -Flagged !", "UidValidityChanged"),
            ("$missing | Set-ImapMessage -Flagged !", ""),
            ("$missing | Set-ImapMessage -Flagged -PassThru !", "MessageNotFound"),
            ("$missing | Set-ImapMessage -Flagged -JournalPath $files/j !", "MessageNotFound"),
            ("$nowhere | Set-ImapMessage -Flagged !", "FolderNotFound"),
            ("$one | Set-ImapMessage -AddLabel x !", "NotSupportedByServer"),
            ("$one | Set-ImapMessage -Flagged -JournalPath $files/none/j !", "JournalNotWritten"),
            ("$one | Set-ImapMessage -Flagged -MaxMessages 1 !", "LimitExceeded"),
            ("$one | Set-ImapMessage -Flagged -UnchangedSince 1 !", "MessageChanged MessageChanged"),
        ],
        ["Copy-ImapMessage"] =
        [
            ("$stale | Copy-ImapMessage Two !", "UidValidityChanged"),
            ("$stale | Copy-ImapMessage New -CreateFolder !", "UidValidityChanged"),
            ("$missing | Copy-ImapMessage Two !", "MessageNotFound"),
            ("$one + $missing | Copy-ImapMessage Two !", "MessageNotFound"),
            ("$nowhere | Copy-ImapMessage Two !", "FolderNotFound"),
            ("$one | Copy-ImapMessage Nowhere !", "FolderNotFound"),
            ("$one | Copy-ImapMessage 'a//b' -CreateFolder !", "ArgumentInvalid"),
            ("$one | Copy-ImapMessage -SpecialUse Archive !", "FolderNotFound"),
            ("$one | Copy-ImapMessage Two -MaxPercent 50 !", "LimitExceeded"),
        ],
        ["Move-ImapMessage"] =
        [
            ("$stale | Move-ImapMessage Two !", "UidValidityChanged"),
            ("$stale | Move-ImapMessage One !", "UidValidityChanged"),
            ("$missing | Move-ImapMessage Two !", "MessageNotFound"),
            ("$missing | Move-ImapMessage One !", "MessageNotFound"),
            ("$one | Move-ImapMessage One !", ""),
            ("$nowhere | Move-ImapMessage Two !", "FolderNotFound"),
            ("$one | Move-ImapMessage Nowhere !", "FolderNotFound"),
            ("$one | Move-ImapMessage 'a//b' -CreateFolder !", "ArgumentInvalid"),
            ("$one | Move-ImapMessage Two -MaxMessages 1 !", "LimitExceeded"),
        ],
        ["Remove-ImapMessage"] =
        [
            ("$stale | Remove-ImapMessage !", "UidValidityChanged"),
            ("$missing | Remove-ImapMessage !", "MessageNotFound"),
            ("$nowhere | Remove-ImapMessage !", "FolderNotFound"),
            ("Get-ImapMessage Trash | Remove-ImapMessage !", "AlreadyInTrash"),
            ("$one | Remove-ImapMessage -MaxPercent 50 !", "LimitExceeded"),
            ("$stale | Remove-ImapMessage -Permanent -Force !", "UidValidityChanged"),
            ("$missing | Remove-ImapMessage -Permanent -Force !", ""),
            ("$missing | Remove-ImapMessage -Permanent -Force -Summary !", "MessageNotFound"),
            ("$nowhere | Remove-ImapMessage -Permanent -Force !", "FolderNotFound"),
        ],
        ["Import-ImapMessage"] =
        [
            ("Import-ImapMessage Nowhere $files/0.eml !", "FolderNotFound"),
            ("Import-ImapMessage 'a//b' $files/0.eml -CreateFolder !", "ArgumentInvalid"),
            ("Import-ImapMessage One $files/none.eml !", "FileNotFound"),
            ("Import-ImapMessage One $files/*.eml -MaxMessages 1 !", "LimitExceeded"),
            ("Import-ImapMessage One $files/0.eml -JournalPath $files/none/j !", "JournalNotWritten"),
            ("Import-ImapMessage One -Content \"a`0b`r`n\" !", "MessageInvalid"),
        ],
        ["Clear-ImapFolder"] =
        [
            ("Clear-ImapFolder Nowhere -Force !", "FolderNotFound"),
            ("$staleFolder | Clear-ImapFolder -Force !", "UidValidityChanged"),
            ("Clear-ImapFolder One, Two -Force -MaxMessages 2 !", "LimitExceeded"),
            ("Clear-ImapFolder One -Force -JournalPath $files/none/j !", "JournalNotWritten"),
        ],
        ["New-ImapFolder"] =
        [
            ("New-ImapFolder One !", "FolderExists"),
            ("New-ImapFolder Above/Below, One !", "FolderExists FolderExists"),
            ("New-ImapFolder INBOX !", "ArgumentInvalid"),
            ("New-ImapFolder 'a//b' !", "ArgumentInvalid"),
            ("New-ImapFolder One -Force !", ""),
        ],
        ["Rename-ImapFolder"] =
        [
            ("Rename-ImapFolder One Two !", "FolderExists"),
            ("Rename-ImapFolder Nowhere x !", "FolderNotFound"),
            ("Rename-ImapFolder INBOX x !", "ArgumentInvalid"),
            ("Rename-ImapFolder One -Destination One/Below !", "ArgumentInvalid"),
            ("$staleFolder | Rename-ImapFolder -NewName x !", "UidValidityChanged"),
            ("Get-ImapFolder One, Two | Rename-ImapFolder -NewName Three !", "FolderExists"),
        ],
        ["Remove-ImapFolder"] =
        [
            ("Remove-ImapFolder Nowhere -Force !", "FolderNotFound"),
            ("Remove-ImapFolder INBOX -Force !", "ArgumentInvalid"),
            ("Remove-ImapFolder Above -Force !", "FolderNotEmpty"),
            ("$staleFolder | Remove-ImapFolder -Force !", "UidValidityChanged"),
        ],
        ["Set-ImapFolder"] =
        [
            ("Set-ImapFolder Nowhere -Subscribed $true !", "FolderNotFound"),
            ("Set-ImapFolder Nowhere -Subscribed $false !", "FolderNotFound"),
        ],
        ["Sync-ImapFolder"] =
        [
            ("Sync-ImapFolder Nowhere -ToSession $here -Map @{ One = 'X' } !", "FolderNotFound"),
            ("Sync-ImapFolder One -ToSession (Get-ImapSession | Where-Object IsDefault) !", "ArgumentInvalid"),
            ("Sync-ImapFolder One, Two -ToSession $here -Map @{ One = 'X'; Two = 'X' } !", "ArgumentInvalid"),
            ("Sync-ImapFolder One -ToSession $here -Map @{ One = 'a//b' } !", "ArgumentInvalid"),
            ("$staleFolder | Sync-ImapFolder -ToSession $here -Map @{ One = 'X' } !", "UidValidityChanged"),
            ("Sync-ImapFolder One -ToSession $here -Map @{ One = 'X' } -StatePath $files/none/s !", "JournalNotWritten"),
            ("Sync-ImapFolder One -ToSession $here -Map @{ One = 'Trash' } -RemoveExtra -Force -MaxPercent 50 !", "LimitExceeded"),
        ],
        ["Save-ImapMessage"] =
        [
            ("$stale | Save-ImapMessage $files/saved !", "UidValidityChanged"),
            ("$missing | Save-ImapMessage $files/saved !", "MessageNotFound"),
            ("$nowhere | Save-ImapMessage $files/saved !", "FolderNotFound"),
        ],
        ["Save-ImapAttachment"] =
        [
            ("$stale | Save-ImapAttachment $files/saved !", "UidValidityChanged"),
            ("$missing | Save-ImapAttachment $files/saved !", "MessageNotFound"),
        ],
        ["Get-ImapMessageContent"] =
        [
            ("$stale | Get-ImapMessageContent -MarkRead !", "UidValidityChanged"),
            ("$missing | Get-ImapMessageContent -MarkRead !", "MessageNotFound"),
        ],
    };

    private readonly string _files = Directory.CreateTempSubdirectory("imapps-").FullName;

    public static TheoryData<string> Cmdlets() => [.. _wrong.Keys];

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_errors_are_those_of_the_real_run(string cmdlet)
    {
        Prepare();
        Assert.All(_wrong[cmdlet], row =>
        {
            string[] expected = [.. row.Ids.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(id => $"{id},ImapPS.Commands.{cmdlet.Replace("-", "", StringComparison.Ordinal)}Command")];
            Proxy.Clear();
            Assert.Equal(expected, IdsOf(row.Statement, "-WhatIf"));
            Assert.All(Proxy.Commands, command => Assert.Contains(command.Verb, _reading));
            Assert.Equal(2, Directory.GetFileSystemEntries(_files).Length);
            Assert.Equal(expected, IdsOf(row.Statement, "-Confirm:$false"));
            foreach (string made in Directory.GetDirectories(_files)) Directory.Delete(made, recursive: true);
            File.Delete(Path.Combine(_files, "j"));

            // What the real run had open for writing would serve a trial for reading.
            Connect();
        });
        Directory.Delete(_files, recursive: true);
    }

    private IEnumerable<string> IdsOf(string statement, string consent) =>
        Run(statement.Replace("!", consent, StringComparison.Ordinal).Replace("$files", _files, StringComparison.Ordinal)).AllErrors.Select(
            error => error.FullyQualifiedErrorId);

    private void Prepare()
    {
        foreach (string folder in new[] { "One", "Two" }) User.DeliverMany(folder, 2, i => new SeedMessage(Message(Text($"message {i}"))));
        User.DeliverMany("Trash", 1, _ => new SeedMessage(Message("gone")));
        User.CreateFolder("Above/Below");
        for (int i = 0; i < 2; i++) File.WriteAllText(Path.Combine(_files, Text($"{i}.eml")), Message("x"));
        Connect();
        Succeed(
            """
            $here = (Get-ImapSession | Where-Object IsDefault).Id
            $one = @(Get-ImapMessage One)
            $stale = @([pscustomobject]@{ Folder = 'One'; Uid = 1; UidValidity = 7 })
            $missing = @([pscustomobject]@{ Folder = 'One'; Uid = 99 })
            $nowhere = @([pscustomobject]@{ Folder = 'Nowhere'; Uid = 1 })
            $staleFolder = Get-ImapFolder One | Select-Object *
            $staleFolder.PSObject.TypeNames.Insert(0, 'Deserialized.ImapPS.Models.ImapFolder')
            $staleFolder.UidValidity--
            $null = $one | Set-ImapMessage -AddKeyword touched
            $one = @($one | ForEach-Object { [pscustomobject]@{ Folder = $_.Folder; UidValidity = $_.UidValidity; Uid = $_.Uid } })
            """);
        Connect();
    }
}
