BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Get-ImapNamespace' {
    It 'returns where the folders of a user are' {
        $namespace = Get-ImapNamespace | Where-Object Kind -EQ Personal

        $namespace.Prefix | Should -BeNullOrEmpty
        $namespace.Delimiter | Should -Be '/'
    }

    It 'tells folders of a kind' {
        (Get-ImapFolder -Namespace Personal).Path | Should -Contain INBOX
        Get-ImapFolder -Namespace Shared, Others | Should -BeNullOrEmpty
    }
}
