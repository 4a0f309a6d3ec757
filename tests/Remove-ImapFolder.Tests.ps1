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

Describe 'Remove-ImapFolder' {
    It 'removes an empty folder' {
        $null = New-ImapFolder "$root/empty"

        Remove-ImapFolder "$root/empty" | Should -BeNullOrEmpty

        Get-ImapFolder "$root/empty*" | Should -BeNullOrEmpty
    }

    It 'wants -Recurse for a folder with others below it' {
        $null = New-ImapFolder "$root/above/below"

        { Remove-ImapFolder "$root/above" -ErrorAction Stop } |
            Should -Throw -ErrorId 'FolderNotEmpty,ImapPS.Commands.RemoveImapFolderCommand'
        Remove-ImapFolder "$root/above" -Recurse

        Get-ImapFolder "$root/above*" | Should -BeNullOrEmpty
    }

    It 'removes a folder with messages without a question when the answer is given' {
        $folder = New-ImapFolder "$root/full"
        $null = Get-ImapMessage INBOX -From billing@northwind.example | Select-Object -First 2 | Copy-ImapMessage $folder

        Remove-ImapFolder $folder -WhatIf
        (Get-ImapFolder $folder.Path).MessageCount | Should -Be 2

        Remove-ImapFolder $folder -Confirm:$false
        Get-ImapFolder "$root/full*" | Should -BeNullOrEmpty
    }

    It 'takes folders from the pipeline, whatever is below what' {
        $null = New-ImapFolder "$root/piped/a", "$root/piped/b"

        Get-ImapFolder "$root/piped*" | Remove-ImapFolder

        Get-ImapFolder "$root/piped*" | Should -BeNullOrEmpty
    }

    It 'never removes INBOX' {
        { Remove-ImapFolder INBOX -Recurse -Force -ErrorAction Stop } |
            Should -Throw -ErrorId 'ArgumentInvalid,ImapPS.Commands.RemoveImapFolderCommand'
    }

    It 'removes nothing with -WhatIf' {
        $null = New-ImapFolder "$root/kept"

        Remove-ImapFolder "$root/kept" -WhatIf

        (Get-ImapFolder "$root/kept").Path | Should -Be "$root/kept"
    }
}
