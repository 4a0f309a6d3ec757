BeforeAll {
    . $PSScriptRoot/FreshPowerShell.ps1
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
    $operator = "$PSScriptRoot/../bin/ImapPS.Pester.psm1"
    Import-Module $operator

    function Invoke-Fresh([scriptblock] $Script, $Argument) {
        (Invoke-FreshPowerShell $Script $Argument 2>&1 | Out-String).Trim()
    }
}

AfterAll {
    Stop-TestServer
}

Describe 'Should -HaveImapMessage' {
    It 'holds when messages are there' {
        'INBOX' | Should -HaveImapMessage
        'INBOX' | Should -HaveImapMessage -Subject '*Confirm*' -Count 1
        Get-ImapFolder INBOX | Should -HaveImapMessage -From billing@northwind.example -AtLeast 2
        'INBOX', 'Sent' | Should -HaveImapMessage -AtLeast 1
    }

    It 'takes every criterion of Assert-ImapMessage' {
        $taken = (Get-Command Should).Parameters.Values | Where-Object { $_.ParameterSets.ContainsKey('HaveImapMessage') } | ForEach-Object Name
        $offered = [System.Management.Automation.CommandMetadata]::new((Get-Command Assert-ImapMessage)).Parameters.Keys
        $offered | Where-Object { $_ -notin $taken } | Should -Be 'None', 'Folder'

        $code = '481 516'
        $header = @{ Subject = 'Confirm*' }
        'INBOX' | Should -HaveImapMessage -Link '*app.example/confirm*' -To alice@ -Header $header -Body $code -Since 2020-01-01 -Count 1
        'INBOX' | Should -HaveImapMessage -Attachment 'receipt-*.pdf', '*.zip' -HasAttachment -AtLeast 2
        'INBOX' | Should -HaveImapMessage -Session (Get-ImapSession) -Unread -LargerThan 100
    }

    It 'does not pass for a parameter that is misspelt' {
        { 'INBOX' | Should -HaveImapMessage -Subjct '*' -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,Should'
        { 'INBOX' | Should -Not -HaveImapMessage -Subjct 'never' -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,Should'
    }

    It 'names a parameter that is misspelt' {
        { 'INBOX' | Should -HaveImapMessage -Subjct '*' -ErrorAction SilentlyContinue } |
            Should -Throw '*has no parameter -Subjct. You may have meant -Subject.'
        { 'INBOX' | Should -Not -HaveImapMessage -From a@ -Nonsense -ErrorAction SilentlyContinue } |
            Should -Throw '*has no parameter -Nonsense.'
        {
            'INBOX' |
                Should -HaveImapMessage -Subject '*' `
                    -Atleast 1 -Lage '5' -ErrorAction SilentlyContinue
        } | Should -Throw '*has no parameter -Lage*'
        { $null | Should -HaveImapMessage -Subj '*' } | Should -Throw '*got nothing*'
    }

    It 'runs a filter where it was written' {
        $word = 'Confirm'
        'INBOX' | Should -HaveImapMessage -Filter { $_.Subject -like "*$word*" } -Count 1
        'INBOX' | Should -Not -HaveImapMessage -Filter { $_.Subject -like "*$word no more*" }
    }

    It 'fails with the report of Assert-ImapMessage' {
        $assert = { Assert-ImapMessage INBOX -Subject '*Confirm*' -From nobody@ -Count 2 }
        $report = try { & $assert } catch { "$_" }
        $failed = { 'INBOX' | Should -HaveImapMessage -Subject '*Confirm*' -From nobody@ -Count 2 } | Should -Throw -ErrorId PesterAssertionFailed -PassThru
        $failed.Exception.Message | Should -BeExactly $report
        $report | Should -Match '^Expected exactly 2 messages (?s:.)*Subject matched'
    }

    It 'is negated by -Not' {
        'INBOX' | Should -Not -HaveImapMessage -Subject 'No such thing'
        { 'INBOX' | Should -Not -HaveImapMessage -Subject '*Confirm*' } |
            Should -Throw -ErrorId PesterAssertionFailed -ExpectedMessage 'Expected no message*Confirm your address*'
    }

    It 'waits' {
        $mark = Get-ImapFolder INBOX
        $mark | Should -Not -HaveImapMessage -After $mark -TimeoutSeconds 1
        { $mark | Should -HaveImapMessage -After $mark -TimeoutSeconds 1 } | Should -Throw -ExpectedMessage '*within 1 second, found none*'

        Import-ImapMessage -Content "From: app@example.org`r`nSubject: A new one`r`n`r`nHello`r`n" -Folder INBOX
        try {
            $mark | Should -HaveImapMessage -After $mark -Subject 'A new one' -TimeoutSeconds 60
            { $mark | Should -Not -HaveImapMessage -After $mark -TimeoutSeconds 60 } | Should -Throw -ExpectedMessage '*A new one*'
        }
        finally {
            Get-ImapMessage INBOX -Subject 'A new one' | Remove-ImapMessage -Permanent -Force
        }
    }

    It 'passes messages on' {
        ('INBOX' | Should -HaveImapMessage -Subject '*Confirm*' -PassThru).Subject | Should -Be 'Confirm your address'
        @('INBOX' | Should -HaveImapMessage).Count | Should -Be 0
    }

    It 'says why it was expected' {
        { 'INBOX' | Should -HaveImapMessage -Subject 'No such thing' -Because 'because somebody signed up' } |
            Should -Throw -ExpectedMessage "Because somebody signed up: Expected at least 1 message in 'INBOX'*"
    }

    It 'does not take an error for an answer' -ForEach @(
        @{ Criteria = @{ Session = 4711 }; Id = 'SessionNotFound,*' }
        @{ Criteria = @{ Read = $true; Unread = $true }; Id = 'FilterInvalid,*' }
        @{ Criteria = @{ After = 'nonsense' }; Id = 'ParameterArgumentTransformationError,*' }
        @{ Criteria = @{ Filter = { $_.Subject -like $null.ToString() } }; Id = 'InvokeMethodOnNull*' }
    ) {
        { 'INBOX' | Should -HaveImapMessage @Criteria } | Should -Throw -ErrorId $Id
        { 'INBOX' | Should -Not -HaveImapMessage @Criteria } | Should -Throw -ErrorId $Id
    }

    It 'does not take a missing folder for an empty one' {
        { 'Nowhere' | Should -Not -HaveImapMessage } | Should -Throw -ErrorId 'FolderNotFound,*'
        { $null | Should -Not -HaveImapMessage } | Should -Throw -ExpectedMessage '*it got nothing*'
        { Should -Not -HaveImapMessage } | Should -Throw -ExpectedMessage '*it got nothing*'
    }

    It 'has no number with -Not' {
        { 'INBOX' | Should -Not -HaveImapMessage -Count 2 } | Should -Throw -ExpectedMessage '*no message at all. Leave -Count out*'
    }

    It 'may be imported again' {
        Import-Module $operator
        Import-Module $operator -Force
        Remove-Module ImapPS.Pester
        'INBOX' | Should -HaveImapMessage -Subject '*Confirm*' -Count 1
        Import-Module $operator
        'INBOX' | Should -HaveImapMessage -Subject '*Confirm*' -Count 1
    }

    It 'is known to Get-ShouldOperator' {
        (Get-ShouldOperator -Name HaveImapMessage).Help.syntax.syntaxItem[0].name | Should -Be 'Should -HaveImapMessage'
    }

    It 'brings ImapPS and Pester along' {
        Invoke-Fresh {
            param($Path)
            Import-Module $Path
            Get-Command Connect-Imap, Should | ForEach-Object Name
        } $operator | Should -Match 'Connect-Imap\s+Should'
    }

    It 'needs Pester' {
        Invoke-Fresh {
            param($Path)
            $env:PSModulePath = ''
            Import-Module $Path
        } $operator | Should -Match 'needs Pester 5, which is not installed'
    }

    It 'needs Pester 5' {
        Invoke-Fresh {
            param($Path)
            $folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) (New-Guid) Pester)
            try {
                New-ModuleManifest "$folder/Pester.psd1" -ModuleVersion 4.10.1
                Import-Module "$folder/Pester.psd1"
                Import-Module $Path
            }
            finally {
                Remove-Item -Recurse $folder.Parent
            }
        } $operator | Should -Match 'Pester 4.10.1 is loaded'
    }
}
