BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Export-ImapReport' {
    BeforeEach {
        $path = Join-Path $TestDrive "$(New-Guid).html"
    }

    It 'writes one page about the whole mailbox' {
        Export-ImapReport $path | Should -BeNullOrEmpty

        $page = Get-Content $path -Raw
        $page | Should -Match "<span class=`"amount`">$((Measure-ImapFolder *).Count)</span>"
        $page | Should -Match 'billing@northwind.example'
        $page | Should -Not -Match '<script|https?:'
    }

    It 'writes a page about some folders' {
        Get-ImapFolder Lists/* | Export-ImapReport $path

        Get-Content $path -Raw | Should -Not -Match 'billing@northwind.example'
    }

    It 'emits the file with -PassThru' {
        $file = Export-ImapReport $path INBOX -PassThru

        $file | Should -BeOfType System.IO.FileInfo
        $file.FullName | Should -Be (Get-Item $path).FullName
    }

    It 'overwrites a file only with -Force' {
        Set-Content $path 'mine'
        { Export-ImapReport $path INBOX -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileExists,ImapPS.Commands.ExportImapReportCommand'
        Get-Content $path | Should -Be 'mine'

        Export-ImapReport $path INBOX -Force
        Get-Content $path -TotalCount 1 | Should -Be '<!DOCTYPE html>'
    }

    It 'takes a path on a drive of PowerShell' {
        Export-ImapReport TestDrive:/drive/report.html INBOX

        'TestDrive:/drive/report.html' | Should -Exist
    }

    It 'writes nothing with -WhatIf' {
        Export-ImapReport $path -WhatIf

        $path | Should -Not -Exist
    }

    It 'writes nothing if no folder can be read' {
        { Export-ImapReport $path missing -ErrorAction Stop } |
            Should -Throw -ErrorId 'FolderNotFound,ImapPS.Commands.ExportImapReportCommand'
        $path | Should -Not -Exist
    }
}
