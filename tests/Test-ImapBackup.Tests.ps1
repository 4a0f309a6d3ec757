BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $session = Connect-Imap @server
    $null = Backup-ImapFolder INBOX -Path $TestDrive/backup
}

AfterAll {
    Stop-TestServer
}

Describe 'Test-ImapBackup' {
    It 'passes a backup whose files are as they were saved' {
        $test = Test-ImapBackup $TestDrive/backup

        $test.Result | Should -Be Passed
        $test.Count | Should -Be (Get-ImapFolder INBOX).MessageCount
        Test-ImapBackup $TestDrive/backup -Quiet | Should -BeTrue
    }

    It 'compares with the server' {
        $null = Import-ImapMessage INBOX -Content "Subject: new`r`n`r`nHello."
        $test = Test-ImapBackup $TestDrive/backup -Session $session | Where-Object Folder -EQ INBOX

        $test.Result | Should -Be Failed
        $test.Problems.Kind | Should -Be NotInBackup
    }

    It 'finds a file that was changed, and one that is missing' {
        $files = Get-ChildItem $TestDrive/backup/INBOX
        Add-Content $files[0] 'more'
        Remove-Item $files[1]
        $test = Test-ImapBackup $TestDrive/backup

        $test.Problems.Kind | Sort-Object | Should -Be Missing, Damaged
        Test-ImapBackup $TestDrive/backup -Quiet | Should -BeFalse
    }
}
