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

    It 'takes messages and folders that were exported and imported' {
        $file = Join-Path $TestDrive receipts.xml
        Get-Receipt | Export-Clixml $file
        Get-ImapFolder Archive | Export-Clixml "$file.folder"

        $moved = Import-Clixml $file | Move-ImapMessage (Import-Clixml "$file.folder") -PassThru

        $moved.Folder | Sort-Object -Unique | Should -Be Archive
        $moved | Should -HaveCount 12
    }

    It 'takes messages and folders that were JSON' {
        $messages = Get-Receipt | ConvertTo-Json -Depth 3 | ConvertFrom-Json
        $folder = Get-ImapFolder Archive | ConvertTo-Json | ConvertFrom-Json

        $messages | Move-ImapMessage $folder -PassThru | Should -HaveCount 12
    }

    It 'takes messages out of a job' {
        $manifest = Join-Path (Split-Path $PSScriptRoot) ImapPS.psd1
        $messages = Start-Job {
            Import-Module $using:manifest
            $server = $using:server
            $null = Connect-Imap @server
            Get-ImapMessage INBOX -From billing@northwind.example
            Disconnect-Imap
        } | Receive-Job -Wait -AutoRemoveJob

        # The job's session was its own.
        $messages | Move-ImapMessage Archive -Session (Get-ImapSession | Where-Object IsDefault) -PassThru | Should -HaveCount 12
    }

    It 'takes anything with a folder and a UID' {
        $uids = (Get-Receipt).Uid

        $moved = Get-Receipt | Select-Object Folder, Uid | ConvertTo-Csv | ConvertFrom-Csv | Move-ImapMessage Archive -PassThru

        $moved | Should -HaveCount $uids.Count
        Get-Receipt | Should -BeNullOrEmpty
    }

    It 'notes in a journal what undoes it' {
        $journal = Join-Path $TestDrive 'moved.jsonl'

        $summary = Get-Receipt | Move-ImapMessage Archive/2025 -JournalPath $journal -Summary

        $summary.Messages | Should -Be 12
        $lines = Get-Content $journal | ConvertFrom-Json
        $lines | Should -HaveCount 12
        $lines.FromFolder | Sort-Object -Unique | Should -Be INBOX
        $lines | Move-ImapMessage INBOX
        Get-Receipt | Should -HaveCount 12
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
