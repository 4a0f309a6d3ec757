BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
    $root = "Archive/Pester $(New-Guid)"
    $null = New-ImapFolder $root
}

AfterAll {
    Remove-ImapFolder "$root*" -Recurse -Force
    Stop-TestServer
}

Describe 'Get-ImapFolderPermission' {
    It 'tells who may do what' {
        Set-ImapFolderPermission $root bob -Rights Reader
        $permission = Get-ImapFolderPermission $root -Identifier b*

        $permission.Identifier | Should -Be bob
        $permission.Rights | Should -Be Reader
        $permission.Letters | Should -Be lrs
        $permission.IsNegative | Should -BeFalse
    }

    It 'tells one''s own rights' {
        (Get-ImapFolder $root | Get-ImapFolderPermission -Mine).Rights.HasFlag([ImapPS.Models.ImapFolderRights]::Owner) |
            Should -BeTrue
    }

    It 'tells which rights somebody can have' {
        (Get-ImapFolderPermission $root bob -Possible).Letters | Should -Match '^lrswipkxtea'
    }
}
