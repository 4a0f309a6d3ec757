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

Describe 'New-ImapFolder' {
    It 'creates a folder and those above it, and emits it' {
        $folder = New-ImapFolder "$root/2026/Receipts"

        $folder.Path | Should -Be "$root/2026/Receipts"
        $folder.MessageCount | Should -Be 0
        (Get-ImapFolder "$root/2026").Selectable | Should -BeTrue
    }

    It 'takes any Unicode name' -ForEach @(
        @{ Name = 'Entwürfe & Q&A "2026"' }
        @{ Name = '📬 日本語' }
        @{ Name = '100% [done]' }
    ) {
        (New-ImapFolder "$root/$Name").Name | Should -Be $Name
        (Get-ImapFolder -LiteralPath "$root/$Name").Path | Should -Be "$root/$Name"
    }

    It 'fails when the folder exists, but not with -Force' {
        $path = "$root/twice"
        $null = New-ImapFolder $path

        { New-ImapFolder $path -ErrorAction Stop } | Should -Throw -ErrorId 'FolderExists,ImapPS.Commands.NewImapFolderCommand'
        (New-ImapFolder $path -Force).Path | Should -Be $path
    }

    It 'says what is wrong with a path, and creates the others' {
        $made = New-ImapFolder "$root/one//two", "$root/three" -ErrorVariable problem -ErrorAction SilentlyContinue

        $problem.FullyQualifiedErrorId | Should -Be 'ArgumentInvalid,ImapPS.Commands.NewImapFolderCommand'
        $made.Path | Should -Be "$root/three"
    }

    It 'subscribes with -Subscribe' {
        (New-ImapFolder "$root/quiet").Subscribed | Should -BeFalse
        (New-ImapFolder "$root/seen" -Subscribe).Subscribed | Should -BeTrue
    }

    It 'creates nothing with -WhatIf' {
        New-ImapFolder "$root/never" -WhatIf | Should -BeNullOrEmpty

        Get-ImapFolder "$root/never*" | Should -BeNullOrEmpty
    }
}
