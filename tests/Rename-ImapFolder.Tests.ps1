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

Describe 'Rename-ImapFolder' {
    BeforeEach {
        $null = New-ImapFolder "$root/old/below" -Subscribe
    }

    AfterEach {
        Remove-ImapFolder "$root*" -Recurse -Force
    }

    It 'gives a folder another name, and emits nothing' {
        Rename-ImapFolder "$root/old" new | Should -BeNullOrEmpty

        (Get-ImapFolder "$root/new*").Path | Should -Be "$root/new", "$root/new/below"
        Get-ImapFolder "$root/old*" | Should -BeNullOrEmpty
    }

    It 'moves a folder to another place, with its subscriptions' {
        $moved = Rename-ImapFolder "$root/old" -Destination "$root/up/there" -PassThru

        $moved.Path | Should -Be "$root/up/there"
        (Get-ImapFolder "$root/up/there*" -Subscribed).Path | Should -Be "$root/up/there", "$root/up/there/below"
    }

    It 'takes a folder and a script block' {
        Get-ImapFolder "$root/old" | Rename-ImapFolder -NewName { $_.Name.ToUpperInvariant() }

        (Get-ImapFolder "$root/OLD").Name | Should -BeExactly OLD
    }

    It 'refuses a name with the delimiter in it' {
        { Rename-ImapFolder "$root/old" 'a/b' -ErrorAction Stop } |
            Should -Throw -ErrorId 'ArgumentInvalid,ImapPS.Commands.RenameImapFolderCommand'
    }

    It 'refuses a place that is taken, and INBOX' {
        { Rename-ImapFolder "$root/old" -Destination "$root/old" -ErrorAction Stop } |
            Should -Throw -ErrorId 'FolderExists,ImapPS.Commands.RenameImapFolderCommand'
        { Rename-ImapFolder INBOX Old -ErrorAction Stop } |
            Should -Throw -ErrorId 'ArgumentInvalid,ImapPS.Commands.RenameImapFolderCommand'
    }

    It 'renames nothing with -WhatIf' {
        Rename-ImapFolder "$root/old" new -WhatIf

        (Get-ImapFolder "$root/old").Path | Should -Be "$root/old"
    }
}
