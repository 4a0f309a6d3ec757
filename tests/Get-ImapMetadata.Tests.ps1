BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
    $root = "Archive/Pester $(New-Guid)"
    $null = New-ImapFolder $root
    Set-ImapMetadata $root -Entry /private/comment -Value 'A comment.'
    Set-ImapMetadata $root -Entry /private/vendor/test/one -Value 1
}

AfterAll {
    Remove-ImapFolder "$root*" -Recurse -Force
    Stop-TestServer
}

Describe 'Get-ImapMetadata' {
    It 'returns all entries of a folder' {
        (Get-ImapFolder $root | Get-ImapMetadata).Entry | Should -Contain /private/vendor/test/one
    }

    It 'returns an entry' {
        $comment = Get-ImapMetadata $root -Entry /private/comment

        $comment.Value | Should -Be 'A comment.'
        $comment.IsPrivate | Should -BeTrue
        $comment.GetBytes().Count | Should -Be 10
    }

    It 'returns what is below an entry' {
        (Get-ImapMetadata $root -Entry /private/vendor -Depth Infinity).Value | Should -Be 1
    }

    It 'returns nothing for an entry that is not set' {
        Get-ImapMetadata $root -Entry /shared/comment | Should -BeNullOrEmpty
    }
}
