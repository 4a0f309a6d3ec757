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

Describe 'Set-ImapMetadata' {
    It 'sets and removes an entry' {
        Set-ImapMetadata $root -Entry /private/comment -Value 'Grüße' | Should -BeNullOrEmpty
        (Get-ImapMetadata $root /private/comment).Value | Should -Be 'Grüße'

        Set-ImapMetadata $root -Entry /private/comment -Value $null
        Get-ImapMetadata $root /private/comment | Should -BeNullOrEmpty
    }

    It 'takes bytes' {
        (Set-ImapMetadata $root /private/bytes ([byte[]] (200, 201)) -PassThru).GetBytes() | Should -Be 200, 201
    }

    It 'changes nothing with -WhatIf' {
        Set-ImapMetadata $root -Entry /shared/comment -Value x -WhatIf

        Get-ImapMetadata $root /shared/comment | Should -BeNullOrEmpty
    }
}
