BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Get-ImapQuota' {
    It 'tells how much is used, in octets and counts' {
        $quota = Get-ImapQuota INBOX

        $quota.Resource | Should -Be STORAGE, MESSAGE
        $quota[0].Limit | Should -Be 100MB
        $quota[0].Usage | Should -BeGreaterThan 1KB
        $quota[1].Percent | Should -BeGreaterThan 0
    }

    It 'names the folders that share a root, once for all of them' {
        $quota = Get-ImapFolder INBOX, Sent | Get-ImapQuota | Where-Object Resource -EQ STORAGE

        $quota | Should -HaveCount 1
        $quota.Folders | Should -Be INBOX, Sent
    }

    It 'finds mailboxes that are nearly full' {
        Get-ImapQuota INBOX -AbovePercent 99 | Should -BeNullOrEmpty
    }
}
