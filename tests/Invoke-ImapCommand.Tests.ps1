BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Invoke-ImapCommand' {
    It 'sends a command and returns what the server answers' {
        $answer = Invoke-ImapCommand 'STATUS INBOX (UIDVALIDITY)'

        $answer.Status | Should -Be OK
        $answer.Untagged.Text | Should -Match '^STATUS INBOX \(UIDVALIDITY \d+\)$'
    }

    It 'quotes what follows the command' {
        (Invoke-ImapCommand LIST -Argument '', 'INBOX').Untagged.Text | Should -Match '^LIST .*INBOX$'
    }

    It 'works in a folder' {
        $answer = Invoke-ImapCommand 'UID FETCH 1:* (UID)' -Folder INBOX -ReadOnly

        $answer.Untagged.Text | Should -Contain '1 FETCH (UID 1)'
    }

    It 'returns a refusal if that is wanted' {
        (Invoke-ImapCommand XNONSENSE -SkipStatusCheck).Status | Should -Be BAD
        { Invoke-ImapCommand XNONSENSE -ErrorAction Stop } | Should -Throw -ErrorId 'CommandRejected,*'
    }

    It 'refuses what would change the connection' {
        { Invoke-ImapCommand 'SELECT INBOX' } | Should -Throw -ErrorId 'ArgumentInvalid,*'
    }
}
