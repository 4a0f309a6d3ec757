BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
    $root = "Archive/Pester $(New-Guid)"
}

AfterAll {
    Remove-ImapFolder "$root*" -Recurse -Force
    Stop-TestServer
}

Describe 'Set-ImapFolder' {
    It 'subscribes and unsubscribes' {
        $null = New-ImapFolder "$root/list"

        Set-ImapFolder "$root/list" -Subscribed $true | Should -BeNullOrEmpty
        (Get-ImapFolder "$root/list").Subscribed | Should -BeTrue

        (Get-ImapFolder "$root/list" | Set-ImapFolder -Subscribed $false -PassThru).Subscribed | Should -BeFalse
    }

    It 'changes nothing with -WhatIf' {
        $null = New-ImapFolder "$root/other"

        Set-ImapFolder "$root/*" -Subscribed $true -WhatIf

        Get-ImapFolder "$root/*" -Subscribed | Should -BeNullOrEmpty
    }

    It 'says which folder does not exist' {
        { Set-ImapFolder "$root/nothing" -Subscribed $true -ErrorAction Stop } |
            Should -Throw -ErrorId 'FolderNotFound,ImapPS.Commands.SetImapFolderCommand'
    }
}
