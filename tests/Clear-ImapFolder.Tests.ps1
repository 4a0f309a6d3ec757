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

Describe 'Clear-ImapFolder' {
    BeforeEach {
        $folder = New-ImapFolder "$root/$(New-Guid)"
    }

    It 'is done with an empty folder without a question' {
        Clear-ImapFolder $folder | Should -BeNullOrEmpty

        (Clear-ImapFolder $folder -Force -PassThru).MessageCount | Should -Be 0
    }

    Context 'with messages' {
        BeforeEach {
            $moved = Get-ImapMessage INBOX -From billing@northwind.example | Select-Object -First 3 | Move-ImapMessage $folder -PassThru
        }

        AfterEach {
            Get-ImapMessage $folder.Path | Move-ImapMessage INBOX
        }

        It 'touches nothing with -WhatIf' {
            Clear-ImapFolder $folder -WhatIf

            (Get-ImapFolder $folder.Path).MessageCount | Should -Be 3
        }

        It 'touches nothing when there are more messages than -MaxMessages allows' {
            { Clear-ImapFolder $folder -Force -MaxMessages 2 } |
                Should -Throw -ErrorId 'LimitExceeded,ImapPS.Commands.ClearImapFolderCommand'

            (Get-ImapFolder $folder.Path).MessageCount | Should -Be 3
        }
    }

    It 'says which folder does not exist' {
        { Clear-ImapFolder "$root/nothing" -Force -ErrorAction Stop } |
            Should -Throw -ErrorId 'FolderNotFound,ImapPS.Commands.ClearImapFolderCommand'
    }
}
