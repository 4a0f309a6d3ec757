BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
}

AfterAll {
    Stop-TestServer
}

Describe 'Disconnect-Imap' {
    BeforeEach {
        $one = Connect-Imap @server -Name pester-one
        $two = Connect-Imap @server -Name pester-two
    }

    AfterEach {
        Get-ImapSession pester-* | Disconnect-Imap
    }

    It 'closes the current session' {
        Disconnect-Imap

        $two.State | Should -Be Closed
        $one.State | Should -Be Open
    }

    It 'makes the session current that was so before' {
        Disconnect-Imap

        $one.IsDefault | Should -BeTrue
        (Get-ImapFolder INBOX).SessionId | Should -Be $one.Id
    }

    It 'leaves no session current when there is none left' {
        Get-ImapSession pester-* | Disconnect-Imap

        { Get-ImapFolder } | Should -Throw -ErrorId 'NoSession,ImapPS.Commands.GetImapFolderCommand'
    }

    It 'closes the session that is named, and leaves the current one as it is' {
        Disconnect-Imap pester-one

        $one.State | Should -Be Closed
        $two.IsDefault | Should -BeTrue
        (Get-ImapFolder INBOX).SessionId | Should -Be $two.Id
    }

    It 'closes what comes down the pipeline' {
        Get-ImapSession pester-* | Disconnect-Imap

        $one, $two | ForEach-Object State | Should -Be Closed, Closed
    }

    It 'says when there is no such session' {
        Disconnect-Imap $one

        { Disconnect-Imap $one -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,ImapPS.Commands.DisconnectImapCommand'
    }
}
