BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
}

AfterAll {
    Stop-TestServer
}

Describe 'Use-ImapSession' {
    It 'runs the block in a session of its own, and closes it' {
        $inbox = Use-ImapSession @server -Name pester-used {
            param($session)
            $name = $session.Name
            Get-ImapFolder INBOX
        }

        $inbox.Path | Should -Be 'INBOX'
        $name | Should -Be 'pester-used'
        Get-ImapSession pester-used -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'closes it when the block throws' {
        { Use-ImapSession @server -Name pester-used { throw 'enough' } } | Should -Throw 'enough'
        Get-ImapSession pester-used -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'closes it when no more output is wanted' {
        Use-ImapSession @server -Name pester-used { 1..100 } | Select-Object -First 1 | Should -Be 1
        Get-ImapSession pester-used -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'does not run the block where the login fails' {
        $wrong = [pscredential]::new($server.Credential.UserName, (ConvertTo-SecureString wrong -AsPlainText -Force))
        $other = @{} + $server
        $other.Credential = $wrong
        $ran = $false

        { Use-ImapSession @other { $ran = $true } -ErrorAction Stop } | Should -Throw -ErrorId 'AuthenticationFailed,*'
        $ran | Should -BeFalse
    }
}
