BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
    $root = "Archive/Pester $(New-Guid)"
    $null = New-ImapFolder $root, "$root/below", "$root/copy"
}

AfterAll {
    Remove-ImapFolder "$root*" -Recurse -Force
    Stop-TestServer
}

Describe 'Set-ImapFolderPermission' {
    It 'sets, adds and removes rights' {
        Set-ImapFolderPermission $root bob -Rights Reader | Should -BeNullOrEmpty
        $changed = Set-ImapFolderPermission $root bob -Add Write, Insert -Remove Seen -PassThru

        $changed.Letters | Should -Be lrwi
    }

    It 'takes letters' {
        (Set-ImapFolderPermission $root bob lrs -PassThru).Rights | Should -Be Reader
    }

    It 'changes the folders below' {
        Set-ImapFolderPermission $root carol -Rights Editor -Recurse

        (Get-ImapFolderPermission "$root/below" carol).Letters | Should -Match '^lrswite'
    }

    It 'copies an access list' {
        Set-ImapFolderPermission $root dora -Rights lk
        Get-ImapFolderPermission $root dora | Set-ImapFolderPermission "$root/copy"

        (Get-ImapFolderPermission "$root/copy" dora).Letters | Should -Be (Get-ImapFolderPermission $root dora).Letters
    }

    It 'changes nothing with -WhatIf' {
        Set-ImapFolderPermission $root emil -Rights Owner -WhatIf

        Get-ImapFolderPermission $root emil | Should -BeNullOrEmpty
    }
}
