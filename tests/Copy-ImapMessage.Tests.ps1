BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
    $root = "Archive/Pester $(New-Guid)"

    # The twelve receipts that all tests here copy.
    function Get-Receipt([string] $Folder = 'INBOX') { Get-ImapMessage $Folder -From billing@northwind.example }
}

AfterAll {
    Remove-ImapFolder "$root*" -Recurse -Force
    Stop-TestServer
}

Describe 'Copy-ImapMessage' {
    It 'copies messages, and leaves them where they are' {
        $copies = Get-Receipt | Copy-ImapMessage "$root/copies" -CreateFolder -PassThru

        $copies | Should -HaveCount 12
        $copies.Folder | Sort-Object -Unique | Should -Be "$root/copies"
        Get-Receipt | Should -HaveCount 12
    }

    It 'takes anything with a folder and a UID' {
        $copies = Get-Receipt | Select-Object Folder, Uid | ConvertTo-Json | ConvertFrom-Json |
            Copy-ImapMessage "$root/json" -CreateFolder -PassThru

        $copies | Should -HaveCount 12
    }

    It 'copies to another session' {
        $here = Get-ImapSession | Where-Object IsDefault
        $other = Connect-Imap @server -Name "Pester $(New-Guid)"
        try {
            Select-ImapSession $here
            $copies = Get-Receipt | Copy-ImapMessage "$root/there" -CreateFolder -ToSession $other.Name -PassThru

            $copies | Should -HaveCount 12
            $copies.SessionId | Sort-Object -Unique | Should -Be $other.Id
            ($copies | Get-ImapMessageContent).Text | Should -Be (Get-Receipt | Get-ImapMessageContent).Text
        }
        finally {
            Disconnect-Imap $other
            Select-ImapSession $here
        }
    }

    It 'copies nothing with -WhatIf' {
        Get-Receipt | Copy-ImapMessage "$root/nothing" -CreateFolder -WhatIf

        Get-ImapFolder "$root/nothing*" | Should -BeNullOrEmpty
    }

    It 'says which folder does not exist' {
        { Get-Receipt | Copy-ImapMessage "$root/missing" } |
            Should -Throw -ErrorId 'FolderNotFound,ImapPS.Commands.CopyImapMessageCommand'
    }
}
