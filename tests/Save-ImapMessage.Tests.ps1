BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Save-ImapMessage' {
    BeforeEach {
        $folder = Join-Path $TestDrive (New-Guid)
        $messages = Get-ImapMessage INBOX -From billing@northwind.example
    }

    It 'saves messages as files that bear the time they were received' {
        $messages | Save-ImapMessage $folder | Should -BeNullOrEmpty

        $files = Get-ChildItem $folder -Force
        $files | Should -HaveCount 12
        $files.Extension | Sort-Object -Unique | Should -Be .eml
        $files.LastWriteTimeUtc | Sort-Object | Should -Be ($messages.Received.UtcDateTime | Sort-Object)
    }

    It 'emits the files with -PassThru' {
        $files = $messages | Save-ImapMessage $folder -NameTemplate '{Uid}' -PassThru

        $files | Should -BeOfType System.IO.FileInfo
        $files.BaseName | Should -Be $messages.Uid
        ($files | Get-Content -Raw) -match '(?m)^Subject: ' | Should -HaveCount 12
    }

    It 'makes directories where the template says so' {
        $messages | Save-ImapMessage $folder -NameTemplate '{Folder}/{Received:yyyy}/{Uid:D8}'

        (Get-ChildItem $folder/INBOX -Directory).Name | Sort-Object | Should -Be ($messages.Received.LocalDateTime.Year | Sort-Object -Unique)
        Get-ChildItem $folder -Recurse -File | Should -HaveCount 12
    }

    It 'saves one message to the file that the path names' {
        $messages[0] | Save-ImapMessage $folder/one.eml

        Get-Content $folder/one.eml -Raw | Should -Match ([regex]::Escape($messages[0].MessageId))
        { $messages[1] | Save-ImapMessage $folder/one.eml -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileExists,ImapPS.Commands.SaveImapMessageCommand'
        $messages[1] | Save-ImapMessage $folder/one.eml -Force
        Get-Content $folder/one.eml -Raw | Should -Match ([regex]::Escape($messages[1].MessageId))
    }

    It 'numbers what exists, and refuses it with -NoClobber' {
        $messages | Save-ImapMessage $folder
        $messages | Save-ImapMessage $folder
        Get-ChildItem $folder | Should -HaveCount 24
        Get-ChildItem $folder -Filter '* (2).eml' | Should -HaveCount 12

        $messages | Save-ImapMessage $folder -NoClobber -ErrorVariable refused -ErrorAction SilentlyContinue
        $refused | Should -HaveCount 12
        $refused[0].FullyQualifiedErrorId | Should -Be 'FileExists,ImapPS.Commands.SaveImapMessageCommand'
        Get-ChildItem $folder | Should -HaveCount 24
    }

    It 'saves as an mbox and as a Maildir' {
        $mbox = $messages | Save-ImapMessage $folder/receipts.mbox -Format Mbox -PassThru
        (Get-Content $mbox) -match '^From ' | Should -HaveCount 12

        $messages | Save-ImapMessage $folder/Maildir -Format Maildir
        Get-ChildItem $folder/Maildir/cur | Should -HaveCount 12
        Get-ChildItem $folder/Maildir/new, $folder/Maildir/tmp | Should -BeNullOrEmpty
    }

    It 'saves over several connections' {
        Save-ImapMessage $folder -Message $messages -Parallel 4

        Get-ChildItem $folder | Should -HaveCount 12
    }

    It 'changes nothing in the mailbox, and nothing at all with -WhatIf' {
        $messages | Save-ImapMessage $folder -WhatIf
        $folder | Should -Not -Exist

        $messages | Save-ImapMessage $folder
        (Get-ImapMessage INBOX -From billing@northwind.example).Flags | Should -Be $messages.Flags
    }

    It 'takes a path on a drive of PowerShell' {
        $messages[0] | Save-ImapMessage TestDrive:/drive/one.eml

        'TestDrive:/drive/one.eml' | Should -Exist
    }

    It 'refuses a path that is none of the file system' {
        { $messages | Save-ImapMessage Variable:/x -ErrorAction Stop } |
            Should -Throw -ErrorId 'ArgumentInvalid,ImapPS.Commands.SaveImapMessageCommand'
    }
}
