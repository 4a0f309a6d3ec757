BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Move-ImapMessage' {
    BeforeAll {
        # The twelve receipts that all tests here move about.
        function Get-Receipt([string] $Folder = 'INBOX') { Get-ImapMessage $Folder -From billing@northwind.example }
    }

    AfterEach {
        Get-Receipt * | Where-Object Folder -ne INBOX | Move-ImapMessage INBOX
    }

    It 'moves messages, and back again what -PassThru emitted' {
        $moved = Get-Receipt | Move-ImapMessage Archive/2025 -PassThru

        $moved | Should -HaveCount 12
        $moved.Folder | Sort-Object -Unique | Should -Be Archive/2025
        Get-Receipt | Should -BeNullOrEmpty
        (Get-Receipt Archive/2025).Uid | Should -Be ($moved.Uid | Sort-Object)

        $moved | Move-ImapMessage INBOX | Should -BeNullOrEmpty

        Get-Receipt | Should -HaveCount 12
        Get-Receipt Archive/2025 | Should -BeNullOrEmpty
    }

    It 'moves to the folder with a role' {
        $moved = Get-Receipt | Select-Object -First 2 | Move-ImapMessage -SpecialUse Trash -PassThru

        $moved.Folder | Sort-Object -Unique | Should -Be (Get-ImapFolder -SpecialUse Trash).Path
    }

    It 'moves to another session, and back again what -PassThru emitted' {
        $here = Get-ImapSession | Where-Object IsDefault
        $there = Connect-Imap @server -Name "Pester $(New-Guid)"
        try {
            Select-ImapSession $here
            $moved = Get-Receipt | Move-ImapMessage Archive/2025 -ToSession $there -PassThru

            $moved | Should -HaveCount 12
            $moved.SessionId | Sort-Object -Unique | Should -Be $there.Id
            Get-Receipt | Should -BeNullOrEmpty

            $moved | Move-ImapMessage INBOX -ToSession $here
            Get-Receipt | Should -HaveCount 12
        }
        finally {
            Disconnect-Imap $there
            Select-ImapSession $here
        }
    }

    It 'creates the folder only when asked to' {
        $folder = "Archive/Pester $(New-Guid)"

        { Get-Receipt | Move-ImapMessage $folder -ErrorAction Stop } |
            Should -Throw -ErrorId 'FolderNotFound,ImapPS.Commands.MoveImapMessageCommand'
        Get-Receipt | Should -HaveCount 12

        Get-Receipt | Move-ImapMessage $folder -CreateFolder
        (Get-ImapFolder $folder).MessageCount | Should -Be 12
    }

    It 'takes anything with a folder and a UID' {
        $uids = (Get-Receipt).Uid

        $moved = Get-Receipt | Select-Object Folder, Uid | ConvertTo-Csv | ConvertFrom-Csv | Move-ImapMessage Archive -PassThru

        $moved | Should -HaveCount $uids.Count
        Get-Receipt | Should -BeNullOrEmpty
    }

    It 'touches nothing with -WhatIf' {
        Get-Receipt | Select-Object -First 2 | Move-ImapMessage "Archive/$(New-Guid)" -CreateFolder -PassThru -WhatIf |
            Should -BeNullOrEmpty

        Get-Receipt | Should -HaveCount 12
    }

    It 'touches nothing when there are more messages than -MaxMessages allows' {
        { Get-Receipt | Move-ImapMessage Archive -MaxMessages 11 } |
            Should -Throw -ErrorId 'LimitExceeded,ImapPS.Commands.MoveImapMessageCommand'

        Get-Receipt | Should -HaveCount 12
    }

    It 'says which messages are gone, and moves the others' {
        $receipts = Get-Receipt | Select-Object -First 2
        $receipts[0] | Move-ImapMessage Trash

        $receipts | Move-ImapMessage Archive -ErrorVariable problem -ErrorAction SilentlyContinue

        $problem.FullyQualifiedErrorId | Should -Be 'MessageNotFound,ImapPS.Commands.MoveImapMessageCommand'
        Get-Receipt Archive | Should -HaveCount 1
    }

    It 'touches nothing in a folder that was rebuilt since the messages were read' {
        $stale = Get-Receipt | Select-Object Folder, Uid, @{ Name = 'UidValidity'; Expression = { $_.UidValidity - 1 } }

        { $stale | Move-ImapMessage Archive -ErrorAction Stop } |
            Should -Throw -ErrorId 'UidValidityChanged,ImapPS.Commands.MoveImapMessageCommand'

        Get-Receipt | Should -HaveCount 12
    }
}
