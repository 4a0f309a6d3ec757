BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
    $root = "Archive/Pester $(New-Guid)"

    # The tests here remove copies of the twelve receipts, and only those.
    function Get-Receipt([string] $Folder = 'INBOX') { Get-ImapMessage $Folder -From billing@northwind.example }
}

AfterAll {
    Remove-ImapFolder "$root*" -Recurse -Force
    Stop-TestServer
}

Describe 'Remove-ImapMessage' {
    BeforeEach {
        $folder = "$root/$(New-Guid)"
        Get-Receipt | Copy-ImapMessage $folder -CreateFolder
    }

    It 'moves messages to the trash, and they can be moved back' {
        $gone = Get-Receipt $folder | Remove-ImapMessage -PassThru

        $gone.Folder | Sort-Object -Unique | Should -Be (Get-ImapFolder -SpecialUse Trash).Path
        Get-Receipt $folder | Should -BeNullOrEmpty

        $gone | Move-ImapMessage $folder
        Get-Receipt $folder | Should -HaveCount 12
    }

    It 'notes in a journal where each message came from, and is' {
        $journal = Join-Path $TestDrive 'removed.jsonl'

        Get-Receipt $folder | Remove-ImapMessage -JournalPath $journal

        Get-Content $journal | ConvertFrom-Json | Group-Object FromFolder | ForEach-Object { $_.Group | Move-ImapMessage $_.Name }
        Get-Receipt $folder | Should -HaveCount 12
    }

    It 'says of what was expunged that it cannot be moved back' {
        $journal = Join-Path $TestDrive 'expunged.jsonl'
        Get-Receipt $folder | Remove-ImapMessage -Permanent -Force -JournalPath $journal

        Get-Content $journal | ConvertFrom-Json | Move-ImapMessage INBOX -ErrorVariable problem -ErrorAction SilentlyContinue

        $problem | Should -HaveCount 12
        $problem[0].FullyQualifiedErrorId | Should -Be 'MessageNotFound,ImapPS.Commands.MoveImapMessageCommand'
    }

    It 'expunges with -Permanent' {
        $trash = (Get-ImapFolder -SpecialUse Trash).MessageCount

        Get-Receipt $folder | Remove-ImapMessage -Permanent -Force | Should -BeNullOrEmpty

        Get-Receipt $folder | Should -BeNullOrEmpty
        (Get-ImapFolder -SpecialUse Trash).MessageCount | Should -Be $trash
    }

    It 'keeps the newest' {
        Get-Receipt $folder | Remove-ImapMessage -KeepNewest 3 -Permanent -Force

        Get-Receipt $folder | Should -HaveCount 3
    }

    It 'touches nothing when there are more messages than -MaxMessages or -MaxPercent allow' {
        { Get-Receipt $folder | Remove-ImapMessage -MaxMessages 11 } |
            Should -Throw -ErrorId 'LimitExceeded,ImapPS.Commands.RemoveImapMessageCommand'
        { Get-Receipt $folder | Remove-ImapMessage -MaxPercent 90 } |
            Should -Throw -ErrorId 'LimitExceeded,ImapPS.Commands.RemoveImapMessageCommand'

        Get-Receipt $folder | Should -HaveCount 12
    }

    It 'touches nothing with -WhatIf' {
        Get-Receipt $folder | Remove-ImapMessage -Permanent -WhatIf

        Get-Receipt $folder | Should -HaveCount 12
    }
}
