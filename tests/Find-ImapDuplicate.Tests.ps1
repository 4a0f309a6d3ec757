BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
    $root = "Archive/Pester $(New-Guid)"

    # The twelve receipts of the INBOX, of which there is now another copy.
    Get-ImapMessage INBOX -From billing@northwind.example | Copy-ImapMessage "$root/copies" -CreateFolder
}

AfterAll {
    Remove-ImapFolder "$root*" -Recurse -Force
    Stop-TestServer
}

Describe 'Find-ImapDuplicate' {
    It 'finds the copies, and tells which message stays' {
        $copies = Find-ImapDuplicate INBOX, "$root/copies"

        $copies | Should -HaveCount 12
        $copies.Folder | Sort-Object -Unique | Should -Be "$root/copies"
        $copies.KeptFolder | Sort-Object -Unique | Should -Be INBOX
    }

    It 'keeps what is in the folder that was given first' {
        (Find-ImapDuplicate "$root/copies", INBOX -Digest).Folder | Sort-Object -Unique | Should -Be INBOX
    }

    It 'takes folders from the pipeline' {
        Get-ImapFolder INBOX, "$root/*" | Find-ImapDuplicate | Should -HaveCount 12
    }

    It 'pipes into the cmdlets that take messages' {
        Find-ImapDuplicate INBOX, "$root/copies" | Move-ImapMessage "$root/extra" -CreateFolder

        Find-ImapDuplicate INBOX, "$root/copies" | Should -BeNullOrEmpty
        Get-ImapMessage "$root/extra" | Should -HaveCount 12
    }

    It 'says which folder does not exist' {
        { Find-ImapDuplicate INBOX, "$root/missing" -ErrorAction Stop } |
            Should -Throw -ErrorId 'FolderNotFound,ImapPS.Commands.FindImapDuplicateCommand'
    }
}
