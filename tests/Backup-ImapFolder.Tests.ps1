BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Backup-ImapFolder' {
    It 'saves every message of every folder, and its directory can be read without the module' {
        $done = Backup-ImapFolder -Path $TestDrive/backup
        $inbox = Get-ImapFolder INBOX

        ($done | Where-Object Folder -EQ INBOX).New | Should -Be $inbox.MessageCount
        Get-ChildItem $TestDrive/backup/INBOX/*.eml | Should -HaveCount $inbox.MessageCount
        (Get-Content $TestDrive/backup/manifest.jsonl | ConvertFrom-Json | Where-Object type -EQ folder).path |
            Should -Contain INBOX
    }

    It 'fetches only what is new the next time' {
        $null = Backup-ImapFolder INBOX -Path $TestDrive/second
        $null = Import-ImapMessage INBOX -Content "Subject: new`r`n`r`nHello."
        $done = Backup-ImapFolder INBOX -Path $TestDrive/second

        $done.New | Should -Be 1
        $done.Unchanged | Should -Be ($done.Count - 1)
    }

    It 'marks what was removed with -Mirror, and keeps its file' {
        $null = Get-ImapMessage INBOX -Newest 1 | Copy-ImapMessage Kept -CreateFolder
        $null = Backup-ImapFolder Kept -Path $TestDrive/mirror -Mirror
        Get-ImapMessage Kept | Remove-ImapMessage -Permanent -Force
        $done = Backup-ImapFolder Kept -Path $TestDrive/mirror -Mirror

        $done.Gone | Should -Be 1
        Get-ChildItem $TestDrive/mirror/Kept | Should -HaveCount 1
    }

    It 'writes nothing with -WhatIf' {
        Backup-ImapFolder INBOX -Path $TestDrive/nothing -WhatIf
        Test-Path $TestDrive/nothing | Should -BeFalse
    }

    It 'says which folder does not exist' {
        { Backup-ImapFolder missing -Path $TestDrive/missing -ErrorAction Stop } |
            Should -Throw -ErrorId 'FolderNotFound,ImapPS.Commands.BackupImapFolderCommand'
    }
}
