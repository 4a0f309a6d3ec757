BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
}

AfterAll {
    Stop-TestServer
}

Describe 'Connect-Imap' {
    AfterEach {
        Get-ImapSession pester* | Disconnect-Imap
    }

    It 'connects, logs in, and makes the session current' {
        $session = Connect-Imap @server -Name pester

        $session.State | Should -Be Open
        $session.UserName | Should -Be $server.Credential.UserName
        $session.Security | Should -BeLike 'TLS 1.*'
        $session.IsDefault | Should -BeTrue
        (Get-ImapFolder INBOX).SessionId | Should -Be $session.Id
    }

    It 'takes server, port and encryption from a URL' {
        $scheme = $server.Port -eq 993 ? 'imaps' : 'imap'
        $rest = $server.Clone()
        $rest.Remove('Server')
        $rest.Remove('Port')

        $session = Connect-Imap "${scheme}://$($server.Server):$($server.Port)" @rest -Name pester

        $session.Server | Should -Be $server.Server
        $session.Port | Should -Be $server.Port
    }

    It 'opens as many sessions as there are names for them' {
        $null = Connect-Imap @server -Name pester-one
        $null = Connect-Imap @server -Name pester-two

        (Get-ImapFolder INBOX -Session pester-one).SessionId | Should -Be (Get-ImapSession pester-one).Id
        (Get-ImapFolder INBOX).SessionId | Should -Be (Get-ImapSession pester-two).Id
    }

    It 'gives a name to the newer of two sessions' {
        $old = Connect-Imap @server -Name pester
        $new = Connect-Imap @server -Name pester -WarningVariable said -WarningAction SilentlyContinue

        "$said" | Should -BeLike "*$($old.Id)*'pester'*"
        (Get-ImapFolder INBOX -Session pester).SessionId | Should -Be $new.Id
        (Get-ImapFolder INBOX -Session $old.Id).SessionId | Should -Be $old.Id
    }

    It 'logs the exchange without the password' {
        $null = Connect-Imap @server -Name pester -ProtocolLogPath TestDrive:/imap.log
        $null = Get-ImapFolder
        Disconnect-Imap

        $log = Get-Content TestDrive:/imap.log -Raw
        $login = "`0$($server.Credential.UserName)`0$($server.Credential.GetNetworkCredential().Password)"
        $log | Should -BeLike '*LIST*'
        $log | Should -Not -BeLike "*$($server.Credential.GetNetworkCredential().Password)*"
        $log | Should -Not -BeLike "*$([Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($login)))*"
    }

    It 'says when the password is wrong' {
        $wrong = $server.Clone()
        $wrong.Credential = [pscredential]::new($server.Credential.UserName, (ConvertTo-SecureString 'not it' -AsPlainText))

        { Connect-Imap @wrong } | Should -Throw -ErrorId 'AuthenticationFailed,ImapPS.Commands.ConnectImapCommand'
    }

    It 'refuses a certificate that is not the pinned one' {
        $pinned = $server.Clone()
        $pinned.CertificateThumbprint = '00' * 32

        { Connect-Imap @pinned } | Should -Throw -ErrorId 'CertificateRejected,ImapPS.Commands.ConnectImapCommand'
    }

    It 'says when the server is not there' {
        { Connect-Imap no-such-host.invalid -Credential $server.Credential } |
            Should -Throw -ErrorId 'ConnectionFailed,ImapPS.Commands.ConnectImapCommand'
    }
}
