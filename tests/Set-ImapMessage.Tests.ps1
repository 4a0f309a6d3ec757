BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server

    # The twelve receipts that all tests here mark.
    function Get-Receipt { Get-ImapMessage INBOX -From billing@northwind.example }
}

AfterAll {
    Stop-TestServer
}

Describe 'Set-ImapMessage' {
    AfterEach {
        Get-Receipt | Set-ImapMessage -Unflagged -Unanswered -Keyword @()
    }

    It 'sets flags and takes them off' {
        Get-Receipt | Set-ImapMessage -Flagged | Should -BeNullOrEmpty
        (Get-Receipt).IsFlagged | Sort-Object -Unique | Should -BeTrue

        (Get-Receipt | Set-ImapMessage -Unflagged -PassThru).IsFlagged | Sort-Object -Unique | Should -BeFalse
    }

    It 'adds, removes and replaces keywords' {
        Get-Receipt | Set-ImapMessage -AddKeyword invoice, todo
        Get-Receipt | Set-ImapMessage -RemoveKeyword todo
        (Get-Receipt).Keywords | Sort-Object -Unique | Should -Be invoice

        (Get-Receipt | Set-ImapMessage -Keyword paid -PassThru).Keywords | Sort-Object -Unique | Should -Be paid
    }

    It 'takes anything with a folder and a UID' {
        $now = Get-Receipt | Select-Object Folder, Uid | ConvertTo-Json | ConvertFrom-Json | Set-ImapMessage -Answered -PassThru

        $now | Should -HaveCount 12
    }

    It 'changes nothing with -WhatIf' {
        Get-Receipt | Set-ImapMessage -AddKeyword nothing -WhatIf

        (Get-Receipt).Keywords | Should -BeNullOrEmpty
    }

    It 'refuses to set and take off at once' {
        { Get-Receipt | Set-ImapMessage -Read -Unread } |
            Should -Throw -ErrorId 'ArgumentInvalid,ImapPS.Commands.SetImapMessageCommand'
    }
}
