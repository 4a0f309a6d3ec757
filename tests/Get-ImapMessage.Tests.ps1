BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Get-ImapMessage' {
    It 'looks into the INBOX, or the folders that it is given, or that match' {
        Get-ImapMessage | Should -HaveCount (Get-ImapFolder INBOX).MessageCount
        Get-ImapMessage Drafts, Trash | Should -HaveCount 4
        Get-ImapMessage Lists/* | Should -HaveCount 12
        Get-ImapFolder Lists/* | Get-ImapMessage -Unread | ForEach-Object Folder | Sort-Object -Unique |
            Should -Be Lists/dotnet, Lists/powershell
    }

    It 'shows envelope, flags and attachments, and changes nothing by looking' {
        $message = Get-ImapMessage -Subject '[CRITICAL] web-02*'

        $message.From | Should -Be 'alerts@ops.example.org'
        $message.From.NameAndAddress | Should -Be 'Monitoring <alerts@ops.example.org>'
        $message.To | ForEach-Object Address | Should -Be ops@example.org
        $message.Received | Should -BeLessThan ([DateTimeOffset]::Now)
        $message.IsFlagged | Should -BeTrue
        $message.Keywords | Should -Be '$Work'
        $message.Attachments.Name | Should -Be df.csv
        $message.IsRead | Should -BeFalse
        ($message | Get-ImapMessage).IsRead | Should -BeFalse
    }

    It 'takes plain text to be contained, and wildcards to be the whole' {
        Get-ImapMessage -Subject 'Weekly Ladle' | Should -HaveCount 6
        Get-ImapMessage -Subject 'Weekly Ladle*' | Should -BeNullOrEmpty
        Get-ImapMessage -Subject '*Weekly Ladle #21?: *' | Should -HaveCount 3
    }

    It 'wants any value of one parameter, and all parameters' {
        Get-ImapMessage -From grace@, mum@ | Should -HaveCount 3
        Get-ImapMessage -From grace@, mum@ -Subject offsite -Read | Should -HaveCount 2
        Get-ImapMessage -From grace@, mum@ -Subject offsite -Unread | Should -BeNullOrEmpty
    }

    It 'compares dates to the instant' {
        $parcel = Get-ImapMessage -From tracking@parcel.example

        Get-ImapMessage -Since $parcel.Received -Before $parcel.Received.AddSeconds(1) | ForEach-Object Uid | Should -Be $parcel.Uid
        Get-ImapMessage -From tracking@parcel.example -Before $parcel.Received | Should -BeNullOrEmpty
        Get-ImapMessage -From tracking@parcel.example -OlderThan 12.00:00:00 | Should -HaveCount 1
    }

    It 'knows the other search keys too' {
        Get-ImapMessage -Keyword '$Work' | ForEach-Object { $_.Keywords | Should -Contain '$Work' }
        Get-ImapMessage -HasAttachment | ForEach-Object { $_.Attachments | Should -Not -BeNullOrEmpty }
        (Get-ImapMessage -LargerThan 1KB).Count + (Get-ImapMessage -SmallerThan (1KB + 1)).Count | Should -Be @(Get-ImapMessage).Count
        Get-ImapMessage Lists/* -Header @{ 'List-Id' = 'dotnet' } -Headers List-Id | ForEach-Object { $_.Headers.Value | Should -Match 'dotnet' }
        Get-ImapMessage -Query 'FLAGGED UNSEEN' | ForEach-Object { $_.IsFlagged -and -not $_.IsRead | Should -BeTrue }
    }

    It 'filters as Where-Object would, and lets the server look first' {
        $cutoff = (Get-Date).AddDays(-10)

        $filtered = Get-ImapMessage -Filter { $_.Subject -like '*Weekly Ladle*' -and $_.Received -gt $cutoff -and -not $_.IsRead }

        $filtered | Should -Not -BeNullOrEmpty
        $filtered.Uid | Should -Be (Get-ImapMessage | Where-Object { $_.Subject -like '*Weekly Ladle*' -and $_.Received -gt $cutoff -and -not $_.IsRead }).Uid
    }

    It 'sorts, threads, and finds the newest' {
        $all = Get-ImapMessage
        (Get-ImapMessage -Newest 2).Uid | Should -Be $all[-1, -2].Uid
        (Get-ImapMessage -SortBy Received -Descending -First 3).Received | Should -Be ($all.Received | Sort-Object -Descending | Select-Object -First 3)
        (Get-ImapMessage -Thread).Count | Should -Be $all.Count
        Get-ImapMessage -Thread | ForEach-Object Thread | Should -Not -Contain $null
    }

    It 'brings previews along' {
        Get-ImapMessage -From grace@ -Include Preview | ForEach-Object Preview | Should -Not -BeNullOrEmpty
    }

    It 'streams: the first few are cheap, and the session is free again at once' {
        Get-ImapMessage | Select-Object -First 3 | Should -HaveCount 3

        (Get-ImapMessage -Skip 1 -First 2).Uid | Should -Be (Get-ImapMessage -First 3).Uid[1, 2]
    }

    It 'gets a message again from what was saved of it' {
        Get-ImapMessage -From hanako@ | ConvertTo-Json -Depth 4 | Set-Content TestDrive:/message.json

        $again = Get-Content TestDrive:/message.json -Raw | ConvertFrom-Json | Get-ImapMessage

        $again.Subject | Should -Be '来週の打ち合わせについて'
    }

    It 'says what cannot be found' {
        { Get-ImapMessage Nothing -ErrorAction Stop } | Should -Throw -ErrorId 'FolderNotFound,ImapPS.Commands.GetImapMessageCommand'
        { Get-ImapMessage -Uid ([uint]::MaxValue) -ErrorAction Stop } |
            Should -Throw -ErrorId 'MessageNotFound,ImapPS.Commands.GetImapMessageCommand'
        { Get-ImapMessage -Read -Unread } | Should -Throw -ErrorId 'FilterInvalid,ImapPS.Commands.GetImapMessageCommand'
    }
}
