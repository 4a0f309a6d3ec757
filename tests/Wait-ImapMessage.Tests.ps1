BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Wait-ImapMessage' {
    BeforeEach {
        $token = New-Guid
        $raw = "From: app@example.org`r`nTo: alice@example.org`r`nSubject: Confirm $token`r`n`r`nhttps://app.example/confirm?token=$token`r`n"
        $mark = Get-ImapFolder INBOX
    }

    AfterEach {
        Get-ImapMessage INBOX -Subject "$token" | Remove-ImapMessage -Permanent -Force
    }

    It 'finds a message that came between the mark and the wait' {
        Import-ImapMessage -Content $raw -Folder INBOX
        $mail = Wait-ImapMessage INBOX -After $mark -To alice@ -Subject '*Confirm*' -TimeoutSeconds 30

        $mail.Subject | Should -Be "Confirm $token"
        ($mail | Get-ImapMessageContent).Links.AbsoluteUri | Should -Be "https://app.example/confirm?token=$token"
    }

    It 'emits a message that comes while it waits' {
        $delivery = 1 | ForEach-Object -AsJob -Parallel {
            Import-Module $using:PSScriptRoot/../ImapPS.psd1
            $access = $using:server
            $null = Connect-Imap @access
            Start-Sleep -Milliseconds 500
            Import-ImapMessage -Content $using:raw -Folder INBOX
            Disconnect-Imap
        }
        try {
            (Wait-ImapMessage -After $mark -Link "*$token*" -TimeoutSeconds 60).Subject | Should -Be "Confirm $token"
        }
        finally {
            $delivery | Receive-Job -Wait -AutoRemoveJob
        }
    }

    It 'says how close the closest came' {
        Import-ImapMessage -Content $raw -Folder INBOX
        { Wait-ImapMessage -After $mark -To alice@ -Subject '*Welcome*' -TimeoutSeconds 0 } |
            Should -Throw -ErrorId 'WaitTimeout,ImapPS.Commands.WaitImapMessageCommand' -ExpectedMessage "*1 arrived, 0 matched*Subject is not like '`*Welcome`*'; To, After matched"
    }
}
