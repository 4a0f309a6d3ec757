BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $here = Connect-Imap @server
    $root = "Archive/Pester $(New-Guid)"
    $map = @{ INBOX = "$root/inbox"; Sent = "$root/sent" }
}

AfterAll {
    Remove-ImapFolder "$root*" -Recurse -Force
    Stop-TestServer
}

Describe 'Sync-ImapFolder' {
    It 'shows with -WhatIf what it would do, and does nothing' {
        $actions = Sync-ImapFolder INBOX, Sent -ToSession $here -Map $map -WhatIf

        $actions.Action | Sort-Object -Unique | Should -Be 'Create', 'Copy'
        ($actions | Where-Object Action -EQ Copy | Where-Object Folder -EQ INBOX).Count |
            Should -Be (Get-ImapFolder INBOX).MessageCount
        Get-ImapFolder "$root*" | Should -BeNullOrEmpty
    }

    It 'makes folders the same, and finds nothing to do when it is run again' {
        $first = Sync-ImapFolder INBOX, Sent -ToSession $here -Map $map
        $second = Sync-ImapFolder INBOX, Sent -ToSession $here -Map $map

        $first.IsEqual | Should -Be $true, $true
        ($first | Where-Object Folder -EQ INBOX).Copied | Should -Be (Get-ImapFolder INBOX).MessageCount
        $second.Copied | Should -Be 0, 0
        (Get-ImapMessage "$root/inbox").Subject | Sort-Object |
            Should -Be ((Get-ImapMessage INBOX).Subject | Sort-Object)
    }

    It 'removes flags, and messages if it is told to' {
        Get-ImapMessage "$root/inbox" -First 2 | Set-ImapMessage -AddKeyword Local
        Import-ImapMessage "$root/inbox" -Content "Subject: extra`r`n`r`nExtra.`r`n"

        $kept = Sync-ImapFolder INBOX -ToSession $here -Map $map
        $extra = Get-ImapMessage "$root/inbox" -Uid $kept.Differences.DestinationUid
        $removed = Sync-ImapFolder INBOX -ToSession $here -Map $map -RemoveExtra -Force

        $kept.FlagsChanged | Should -Be 2
        $kept.DifferenceCount | Should -Be 1
        $kept.Differences.Kind | Should -Be Extra
        $extra.Subject | Should -Be extra
        $removed.Removed | Should -Be 1
        $removed.IsEqual | Should -BeTrue
    }

    It 'removes no more than it may' {
        Import-ImapMessage "$root/inbox" -Content "Subject: extra`r`n`r`nExtra.`r`n"
        Import-ImapMessage "$root/inbox" -Content "Subject: more`r`n`r`nMore.`r`n"

        $result = Sync-ImapFolder INBOX -ToSession $here -Map $map -RemoveExtra -Force -MaxMessages 1 -ErrorVariable errors `
            -ErrorAction SilentlyContinue

        $errors[0].FullyQualifiedErrorId | Should -Be 'LimitExceeded,ImapPS.Commands.SyncImapFolderCommand'
        $result.Removed | Should -Be 0
    }

    It 'is stopped by a map that sends two folders to one' {
        { Sync-ImapFolder INBOX, Sent -ToSession $here -Map @{ INBOX = "$root/one"; Sent = "$root/one" } } |
            Should -Throw -ErrorId 'ArgumentInvalid,ImapPS.Commands.SyncImapFolderCommand'
    }

    It 'tells a scheduler by its exit state' {
        Sync-ImapFolder "$root/missing" -ToSession $here -ErrorAction SilentlyContinue
        $? | Should -BeFalse
    }
}
