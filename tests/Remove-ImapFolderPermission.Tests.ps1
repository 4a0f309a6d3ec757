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

Describe 'Remove-ImapFolderPermission' {
    It 'takes somebody off an access list' {
        Set-ImapFolderPermission $root bob, carol -Rights Reader
        Remove-ImapFolderPermission $root bob

        (Get-ImapFolderPermission $root bob, carol).Identifier | Should -Be carol
    }

    It 'takes what Get-ImapFolderPermission returns' {
        Set-ImapFolderPermission $root dora -Rights Reader
        Get-ImapFolderPermission $root dora | Remove-ImapFolderPermission

        Get-ImapFolderPermission $root dora | Should -BeNullOrEmpty
    }
}
