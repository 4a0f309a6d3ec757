BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
    $messages = Get-ImapMessage INBOX
    $billing = 'billing@northwind.example'
}

AfterAll {
    Stop-TestServer
}

Describe 'Messages in plain PowerShell' {
    It 'group by sender' {
        $group = $messages | Group-Object From | Where-Object Name -EQ $billing

        $group.Count | Should -Be @($messages | Where-Object { $_.From.Address -eq $billing }).Count
        $group.Count | Should -Be 12
    }

    It 'are found by sender' {
        $messages | Where-Object From -EQ $billing | Should -HaveCount 12
        $messages | Where-Object From -EQ "Anything <$billing>" | Should -HaveCount 12
        $messages | Where-Object From -Like '*@northwind.example' | Should -HaveCount 12
        $messages | Where-Object From -Contains $billing | Should -HaveCount 12
        Get-ImapMessage INBOX -From "Anything <$billing>" | Should -HaveCount 12
        Get-ImapMessage INBOX -Filter { $_.From -eq $billing } | Should -HaveCount 12
    }

    It 'copy from the screen' {
        $first = $messages | Where-Object From -EQ $billing | Select-Object -First 1

        Get-ImapMessage INBOX -From $first.From.NameAndAddress | Should -HaveCount 12
    }

    It 'export their addresses, keywords and flags as text' {
        $first = $messages | Where-Object From -EQ $billing | Select-Object -First 1
        $row = $first | ConvertTo-Csv | ConvertFrom-Csv

        $row.From | Should -Be $billing
        $row.To | Should -Be ($first.To.Address -join ', ')
        $row.Flags | Should -Be "$($first.Flags)"
        $row.Keywords | Should -Be ($first.Keywords -join ', ')
        ($messages | ConvertTo-Csv) -join "`n" | Should -Not -Match 'System\.|ImapPS\.'
        ($messages | ConvertTo-Html) -join "`n" | Should -Not -Match 'System\.|ImapPS\.'
        ($messages | ConvertTo-Html) -join "`n" | Should -Match ([regex]::Escape("<td>$billing</td>"))
    }

    It 'become JSON with names of flags' {
        $row = Get-ImapMessage INBOX -Read -First 1 | ConvertTo-Json | ConvertFrom-Json

        $row.Flags | Should -BeOfType string
        $row.Flags | Should -Match Seen
        $row.From[0].Address | Should -Match '@'
    }

    It 'sort, and are unique by sender' {
        $sorted = $messages | Sort-Object From
        ($sorted.From.Address -join ';') | Should -Be (($sorted.From.Address | Sort-Object) -join ';')
        @($messages | Select-Object From -Unique).Count | Should -Be @($messages | Group-Object From).Count
    }

    It 'have lists that count, index and enumerate in strict mode' {
        Set-StrictMode -Version Latest
        foreach ($message in $messages) {
            $null = $message.From.Address, $message.Cc.Name, $message.Keywords.Count
            foreach ($address in $message.To) { "$address" | Should -Not -BeNullOrEmpty }
        }

        $messages[0].From[0].Address | Should -Be $messages[0].From.Address
    }

    It 'have lists that are false when nothing is in them' {
        @($messages | Where-Object Attachments).Count | Should -Be @(Get-ImapMessage INBOX -HasAttachment).Count
        @($messages | Where-Object { -not $_.Attachments }).Count | Should -Be @(Get-ImapMessage INBOX -NoAttachment).Count
        @($messages | Where-Object Keywords).Count | Should -Be @($messages | Where-Object { $_.Keywords.Count -gt 0 }).Count
        @($messages | Where-Object Keywords).Count | Should -BeLessThan $messages.Count
        @($messages | Where-Object Cc).Count | Should -Be @($messages | Where-Object { $_.Cc.Count -gt 0 }).Count
        foreach ($property in 'Keywords', 'Attachments', 'Cc', 'Labels') {
            $has = [scriptblock]::Create("`$_.$property")
            $hasToo = [scriptblock]::Create("`$_.$property -and `$true")
            $hasNot = [scriptblock]::Create("-not `$_.$property")
            $wanted = @($messages | Where-Object $has).Count
            @(Get-ImapMessage INBOX -Filter $has).Count | Should -Be $wanted
            @(Get-ImapMessage INBOX -Filter $hasToo).Count | Should -Be $wanted
            @(Get-ImapMessage INBOX -Filter $hasNot).Count | Should -Be ($messages.Count - $wanted)
        }
    }

    It 'have the same properties when they come back from a file' {
        Set-StrictMode -Version Latest
        $nobody = $messages | Where-Object { $_.Cc.Count -eq 0 } | Select-Object -First 1
        $path = Join-Path $TestDrive messages.xml
        $nobody | Export-Clixml $path
        $back = Import-Clixml $path

        $back.Cc.Address | Should -BeNullOrEmpty
        $back.From.Address | Should -Be $nobody.From.Address
        [bool] $back.Cc | Should -BeFalse
    }

    It 'compare by sender' {
        $same = $messages | Where-Object From -EQ $billing | Select-Object -First 2
        Compare-Object $same[0] $same[1] -Property From | Should -BeNullOrEmpty
    }
}
