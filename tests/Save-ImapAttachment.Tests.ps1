BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Save-ImapAttachment' {
    BeforeEach {
        $folder = Join-Path $TestDrive (New-Guid)
        $messages = Get-ImapFolder * | Get-ImapMessage | Where-Object HasAttachment
        $attachments = $messages.Attachments
    }

    It 'saves every attachment as a file with the time of its message' {
        $messages | Should -Not -BeNullOrEmpty
        $messages | Save-ImapAttachment $folder | Should -BeNullOrEmpty

        $files = Get-ChildItem $folder -Force
        $files | Should -HaveCount $attachments.Count
        $files.LastWriteTimeUtc | Sort-Object -Unique | Should -BeIn $messages.Received.UtcDateTime
    }

    It 'chooses by name and type' {
        $messages | Save-ImapAttachment $folder -Name *.pdf -PassThru | Should -HaveCount @($attachments | Where-Object Name -like *.pdf).Count
        $messages | Save-ImapAttachment $folder -ContentType text/* -PassThru | Should -HaveCount @($attachments | Where-Object Type -like text/*).Count
        $messages | Save-ImapAttachment $folder -Name no-such-file | Should -BeNullOrEmpty
    }

    It 'chooses by part' {
        $file = Save-ImapAttachment $folder -Message $messages[0] -Part $messages[0].Attachments[0].Part -PassThru

        $file | Should -BeOfType System.IO.FileInfo
        $file | Should -HaveCount 1
        $file.Length | Should -BeGreaterThan 0
    }

    It 'numbers what exists, and refuses it with -NoClobber' {
        $messages | Save-ImapAttachment $folder
        $messages | Save-ImapAttachment $folder
        Get-ChildItem $folder | Should -HaveCount (2 * $attachments.Count)

        { $messages[0] | Save-ImapAttachment $folder -NoClobber -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileExists,ImapPS.Commands.SaveImapAttachmentCommand'
    }

    It 'changes nothing in the mailbox, and nothing at all with -WhatIf' {
        $messages | Save-ImapAttachment $folder -WhatIf
        $folder | Should -Not -Exist

        $messages | Save-ImapAttachment $folder
        (Get-ImapFolder * | Get-ImapMessage | Where-Object HasAttachment).Flags | Should -Be $messages.Flags
    }
}
