BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Import-ImapMessage' {
    BeforeEach {
        # A folder of its own for each test, and the twelve receipts as files.
        $folder = "Archive/Pester $(New-Guid)"
        $files = Join-Path $TestDrive (New-Guid)
        $receipts = Get-ImapMessage INBOX -From billing@northwind.example
        $receipts | Save-ImapMessage $files -NameTemplate '{Uid:D8}'
    }

    It 'imports files with their dates' {
        Import-ImapMessage $folder $files/*.eml -CreateFolder | Should -BeNullOrEmpty

        $imported = Get-ImapMessage $folder
        $imported | Should -HaveCount 12
        $imported.MessageId | Sort-Object | Should -Be ($receipts.MessageId | Sort-Object)
        $imported.Received | Sort-Object | Should -Be ($receipts.Received | Sort-Object)
        $imported.IsRead | Should -Not -Contain $true
    }

    It 'takes files from the pipeline, and emits the messages with -PassThru' {
        $imported = Get-ChildItem $files | Import-ImapMessage $folder -CreateFolder -Flags Seen, Flagged -Keyword '$Pester' -PassThru

        $imported | Should -HaveCount 12
        $imported.Folder | Sort-Object -Unique | Should -Be $folder
        $imported.Subject | Sort-Object | Should -Be ($receipts.Subject | Sort-Object)
        $imported.IsRead | Should -Not -Contain $false
        $imported.Keywords | Sort-Object -Unique | Should -Be '$Pester'
    }

    It 'brings back, byte for byte, what Save-ImapMessage saved as <format>' -TestCases @(
        @{ Format = 'Eml' }
        @{ Format = 'Mbox' }
        @{ Format = 'Maildir' }
    ) {
        $saved = Join-Path $TestDrive (New-Guid)
        $receipts | Save-ImapMessage $saved -Format $Format

        Import-ImapMessage $folder ($Format -eq 'Eml' ? "$saved/*.eml" : $saved) -CreateFolder

        $again = Join-Path $TestDrive (New-Guid)
        Get-ImapMessage $folder | Save-ImapMessage $again
        (Get-ChildItem $again | Get-FileHash).Hash | Sort-Object | Should -Be ((Get-ChildItem $files | Get-FileHash).Hash | Sort-Object)
    }

    It 'leaves out what is there already with -SkipExisting' {
        Get-ChildItem $files | Select-Object -First 5 | Import-ImapMessage $folder -CreateFolder

        Import-ImapMessage $folder $files/*.eml -SkipExisting -PassThru | Should -HaveCount 7
        Import-ImapMessage $folder $files/*.eml -SkipExisting -PassThru | Should -BeNullOrEmpty
        Get-ImapMessage $folder | Should -HaveCount 12
    }

    It 'imports what a script has built' {
        $raw = "From: me@example.org`nSubject: Soup 🍲`n`nHello.`n"
        $message = Import-ImapMessage $folder -Content $raw -CreateFolder -Flags Draft -Received 2026-03-02T10:00:00Z -PassThru

        $message.Subject | Should -Be 'Soup 🍲'
        $message.Flags | Should -Be Draft
        $message.Received | Should -Be ([datetimeoffset] '2026-03-02T10:00:00Z')
    }

    It 'makes and sends nothing with -WhatIf' {
        Import-ImapMessage $folder $files/*.eml -CreateFolder -PassThru -WhatIf | Should -BeNullOrEmpty

        { Get-ImapFolder $folder -ErrorAction Stop } | Should -Throw -ErrorId 'FolderNotFound,*'
    }

    It 'creates the folder only when asked to' {
        { Import-ImapMessage $folder $files/*.eml -ErrorAction Stop } |
            Should -Throw -ErrorId 'FolderNotFound,ImapPS.Commands.ImportImapMessageCommand'
    }

    It 'sends nothing when there are more messages than -MaxMessages allows' {
        { Import-ImapMessage $folder $files/*.eml -CreateFolder -MaxMessages 11 } |
            Should -Throw -ErrorId 'LimitExceeded,ImapPS.Commands.ImportImapMessageCommand'
    }

    It 'says what cannot be imported, and imports the rest' {
        Set-Content $files/00000000.eml -Value ([byte[]] (65, 58, 0, 10)) -AsByteStream

        Import-ImapMessage $folder "$files/*.eml", "$files/gone.eml" -CreateFolder -ErrorVariable problem -ErrorAction SilentlyContinue

        $problem.FullyQualifiedErrorId | Should -Be @(
            'FileNotFound,ImapPS.Commands.ImportImapMessageCommand'
            'MessageInvalid,ImapPS.Commands.ImportImapMessageCommand'
        )
        Get-ImapMessage $folder | Should -HaveCount 12
    }
}
