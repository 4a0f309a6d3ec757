BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
    $null = Backup-ImapFolder INBOX -Path $TestDrive/backup
}

AfterAll {
    Stop-TestServer
}

Describe 'Restore-ImapFolder' {
    It 'restores what is missing, with times and flags, and nothing twice' {
        $lost = Get-ImapMessage INBOX -Newest 3
        $lost | Remove-ImapMessage -Permanent -Force
        $done = Restore-ImapFolder INBOX -Path $TestDrive/backup

        $done.Restored | Should -Be 3
        $back = Get-ImapMessage INBOX | Where-Object MessageId -In $lost.MessageId
        $back | ForEach-Object Received | Sort-Object | Should -Be ($lost | ForEach-Object Received | Sort-Object)
        (Restore-ImapFolder INBOX -Path $TestDrive/backup).Restored | Should -Be 0
    }

    It 'changes nothing with -WhatIf' {
        Get-ImapMessage INBOX -Newest 1 | Remove-ImapMessage -Permanent -Force
        $count = (Get-ImapFolder INBOX).MessageCount
        Restore-ImapFolder -Path $TestDrive/backup -WhatIf
        (Get-ImapFolder INBOX).MessageCount | Should -Be $count
    }

    It 'says when there is no backup' {
        { Restore-ImapFolder -Path $TestDrive/none -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileNotFound,ImapPS.Commands.RestoreImapFolderCommand'
    }
}
