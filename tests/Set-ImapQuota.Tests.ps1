BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
    $root = (Get-ImapQuota INBOX)[0].Root
}

AfterAll {
    Stop-TestServer
}

Describe 'Set-ImapQuota' {
    It 'changes nothing with -WhatIf' {
        Set-ImapQuota $root -Limit 5GB -WhatIf

        (Get-ImapQuota INBOX)[0].Limit | Should -Be 100MB
    }

    It 'is for administrators' {
        { Set-ImapQuota $root -Limit 5GB -ErrorAction Stop } |
            Should -Throw -ErrorId 'PermissionDenied,ImapPS.Commands.SetImapQuotaCommand'
    }
}
