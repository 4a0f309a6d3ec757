BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Get-ImapFolder' {
    It 'lists every folder with its counts and its size' {
        $folders = Get-ImapFolder

        $folders.Path | Should -Contain 'Lists/powershell'
        $inbox = $folders | Where-Object Path -eq INBOX
        $inbox.MessageCount | Should -BeGreaterThan $inbox.UnreadCount
        $inbox.UnreadCount | Should -BeGreaterThan 0
        $inbox.Size | Should -BeGreaterThan 0
        $inbox.Selectable | Should -BeTrue
    }

    It 'matches wildcards across levels and whatever the case' {
        (Get-ImapFolder lists/*).Name | Sort-Object | Should -Be dotnet, powershell
        (Get-ImapFolder *2025).Path | Should -Be Archive/2025
    }

    It 'finds the folder with a role, whatever it is called' {
        $trash = Get-ImapFolder -SpecialUse Trash

        $trash.SpecialUse | Should -Be Trash
        $trash.MessageCount | Should -BeGreaterThan 0
    }

    It 'knows names in any script and with any character' {
        $drafts = Get-ImapFolder -LiteralPath 'Entwürfe/Q&A "2026"'

        $drafts.MessageCount | Should -Be 2
    }

    It 'leaves out the counts with -NoStatus' {
        (Get-ImapFolder INBOX -NoStatus).MessageCount | Should -BeNullOrEmpty
    }

    It 'takes paths from the pipeline' {
        ('Sent', 'Trash' | Get-ImapFolder).Path | Should -Be Sent, Trash
    }

    It 'reads a folder again that an earlier call emitted' {
        $before = Get-ImapFolder INBOX -NoStatus

        ($before | Get-ImapFolder).MessageCount | Should -BeGreaterThan 0
    }

    It 'is silent about wildcards that match nothing, but not about a path that does not exist' {
        Get-ImapFolder Nothing* | Should -BeNullOrEmpty
        { Get-ImapFolder Nothing -ErrorAction Stop } | Should -Throw -ErrorId 'FolderNotFound,ImapPS.Commands.GetImapFolderCommand'
    }
}
