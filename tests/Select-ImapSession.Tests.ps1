BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
}

AfterAll {
    Stop-TestServer
}

Describe 'Select-ImapSession' {
    BeforeAll {
        $one = Connect-Imap @server -Name pester-one
        $two = Connect-Imap @server -Name pester-two
    }

    BeforeEach {
        Select-ImapSession $two
    }

    It 'makes a session the one that commands use' {
        Select-ImapSession pester-one

        $one.IsDefault | Should -BeTrue
        $two.IsDefault | Should -BeFalse
        (Get-ImapFolder INBOX).SessionId | Should -Be $one.Id
    }

    It 'changes nothing for other runspaces' {
        $elsewhere = [powershell]::Create()
        try {
            $null = $elsewhere.AddCommand('Import-Module').AddArgument((Get-Module ImapPS).Path).Invoke()
            $elsewhere.Commands.Clear()
            $null = $elsewhere.AddCommand('Select-ImapSession').AddArgument('pester-one').Invoke()
        }
        finally {
            $elsewhere.Dispose()
        }

        $two.IsDefault | Should -BeTrue
    }

    It 'takes a name, an id or the session itself, from the pipeline too' {
        ('pester-one', $one.Id, $one | Select-ImapSession -PassThru).Name | Should -Be pester-one, pester-one, pester-one
    }

    It 'emits nothing unless -PassThru is given' {
        Select-ImapSession pester-one | Should -BeNullOrEmpty

        (Get-ImapFolder INBOX).SessionId | Should -Be $one.Id
    }

    It 'leaves no current session when there is none of that name, so that nothing runs in the one before' {
        { Select-ImapSession nobody } | Should -Throw -ErrorId 'SessionNotFound,ImapPS.Commands.SelectImapSessionCommand'

        $two.IsDefault | Should -BeFalse
        { Get-ImapFolder INBOX } | Should -Throw -ErrorId 'NoSession,*'
        (Get-ImapFolder INBOX -Session $two).SessionId | Should -Be $two.Id
    }
}
