BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
}

AfterAll {
    Stop-TestServer
}

Describe 'Get-ImapSession' {
    BeforeAll {
        $one = Connect-Imap @server -Name pester-one
        $two = Connect-Imap @server -Name pester-two
    }

    It 'lists the open sessions, and marks the current one' {
        $sessions = Get-ImapSession

        $sessions.Name | Should -Contain pester-one
        $sessions | Where-Object IsDefault | ForEach-Object Name | Should -Be pester-two
    }

    It 'finds sessions by name, with wildcards' {
        (Get-ImapSession pester-one).Id | Should -Be $one.Id
        (Get-ImapSession pester-*).Id | Should -Be $one.Id, $two.Id
    }

    It 'finds the session that a folder or message came from, by its id' {
        $folder = Get-ImapFolder INBOX -Session pester-one

        (Get-ImapSession -Id $folder.SessionId).Name | Should -Be pester-one
    }

    It 'takes names, ids and sessions from the pipeline' {
        ('pester-one', $one.Id, $one | Get-ImapSession).Name | Should -Be pester-one, pester-one, pester-one
    }

    It 'tells what became of a session' {
        $three = Connect-Imap @server -Name pester-three
        Disconnect-Imap $three
        Select-ImapSession $two

        $three.State | Should -Be Closed
        Get-ImapSession pester-* | ForEach-Object Name | Should -Not -Contain pester-three
    }

    It 'is silent about wildcards that match nothing, but not about a name that does not exist' {
        Get-ImapSession nobody* | Should -BeNullOrEmpty
        { Get-ImapSession nobody -ErrorAction Stop } | Should -Throw -ErrorId 'SessionNotFound,ImapPS.Commands.GetImapSessionCommand'
    }
}
