BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Assert-ImapMessage' {
    It 'is silent when it holds' {
        Assert-ImapMessage INBOX -From billing@northwind.example | Should -BeNullOrEmpty
    }

    It 'passes the messages on' {
        $all = Get-ImapMessage INBOX -From billing@northwind.example
        Assert-ImapMessage INBOX -From billing@northwind.example -Count $all.Count -PassThru | Should -HaveCount $all.Count
    }

    It 'fails as a test does' {
        { Assert-ImapMessage INBOX -From billing@northwind.example -None } |
            Should -Throw -ErrorId 'AssertionFailed,ImapPS.Commands.AssertImapMessageCommand' -ExpectedMessage 'Expected no message*'
    }

    It 'waits for none to come' {
        Assert-ImapMessage INBOX -After (Get-ImapFolder INBOX) -None -TimeoutSeconds 1
    }

    It 'looks at attachments and links' {
        Assert-ImapMessage INBOX -Attachment 'receipt-*.pdf' -AtLeast 2
        Assert-ImapMessage INBOX -Subject Confirm -Link '*app.example/confirm*' -Count 1
    }
}
