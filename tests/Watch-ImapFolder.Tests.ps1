BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Watch-ImapFolder' {
    BeforeEach {
        $token = New-Guid
        $raw = "From: app@example.org`r`nTo: alice@example.org`r`nSubject: Order $token`r`n`r`nHello.`r`n"
        $mark = Get-ImapFolder INBOX
    }

    AfterEach {
        Get-ImapMessage INBOX -Subject "$token" | Remove-ImapMessage -Permanent -Force
    }

    It 'tells what happened since a folder object was taken' {
        Import-ImapMessage -Content $raw -Folder INBOX
        $happened = Watch-ImapFolder -After $mark -TimeoutSeconds 0

        $happened.Kind | Should -Be Arrived
        $happened.Uid | Should -Be $mark.UidNext
        $happened.Message.Subject | Should -Be "Order $token"
    }

    It 'ends silently when the time is up' {
        Watch-ImapFolder INBOX -TimeoutSeconds 1 | Should -BeNullOrEmpty
    }

    It 'hands each event on as it comes' {
        $delivery = 1 | ForEach-Object -AsJob -Parallel {
            Import-Module $using:PSScriptRoot/../ImapPS.psd1
            $access = $using:server
            $null = Connect-Imap @access
            Start-Sleep -Milliseconds 500
            Import-ImapMessage -Content $using:raw -Folder INBOX
            Disconnect-Imap
        }
        try {
            $kinds = Watch-ImapFolder -After $mark -TimeoutSeconds 60 -Count 2 | ForEach-Object {
                $_.Kind
                if ($_.Kind -eq 'Arrived') { $_ | Set-ImapMessage -Flagged }
            }
        }
        finally {
            $delivery | Receive-Job -Wait -AutoRemoveJob
        }

        $kinds | Should -Be Arrived, FlagsChanged
        (Get-ImapMessage INBOX -Subject "$token").IsFlagged | Should -BeTrue
    }

    It 'says which folder does not exist' {
        { Watch-ImapFolder Nowhere -ErrorAction Stop } |
            Should -Throw -ErrorId 'FolderNotFound,ImapPS.Commands.WatchImapFolderCommand'
    }
}
