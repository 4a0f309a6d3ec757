BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Measure-ImapFolder' {
    It 'counts what Get-ImapMessage gets' {
        $messages = Get-ImapMessage INBOX
        $measure = Measure-ImapFolder INBOX

        $measure.Count | Should -Be $messages.Count
        $measure.Size | Should -Be ($messages | Measure-Object Size -Sum).Sum
        $measure.Percent | Should -Be 100
    }

    It 'groups by sender, and pipes on to the messages' {
        $first = Measure-ImapFolder INBOX -By Sender -Top 1
        $messages = $first | Get-ImapMessage

        $messages | Should -HaveCount $first.Count
        $messages | ForEach-Object { $_.From[0].Address } | Sort-Object -Unique | Should -Be $first.Name
    }

    It 'takes the criteria of Get-ImapMessage' {
        (Measure-ImapFolder INBOX -From billing@northwind.example).Count | Should -Be 12
    }

    It 'takes folders from the pipeline, and makes an object of each with -By Folder' {
        (Get-ImapFolder INBOX | Measure-ImapFolder -By Folder).Name | Should -Be INBOX
    }

    It 'says which folder does not exist' {
        { Measure-ImapFolder missing -ErrorAction Stop } |
            Should -Throw -ErrorId 'FolderNotFound,ImapPS.Commands.MeasureImapFolderCommand'
    }
}
