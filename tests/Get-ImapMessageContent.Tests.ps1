BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
    $null = Connect-Imap @server
}

AfterAll {
    Stop-TestServer
}

Describe 'Get-ImapMessageContent' {
    It 'tells what a message says' {
        $content = Get-ImapMessage -Subject 'Confirm your address' | Get-ImapMessageContent

        $content.Text | Should -BeLike 'Welcome! Your code is 481 516.*'
        $content.HtmlBody | Should -BeLike '*<b>481 516</b>*'
        $content.Codes | Should -Be 481516
        ($content.Links | Where-Object Host -eq app.example).AbsoluteUri | Should -Be https://app.example/confirm?token=93f2c7
        ($content.Headers | Where-Object Name -eq Message-ID).Value | Should -Be '<confirm-93f2@app.example>'
    }

    It 'is the message still, and changes nothing by reading' {
        $content = Get-ImapMessage -Subject '[CRITICAL] web-02*' | Get-ImapMessageContent

        $content.From | Should -Be 'alerts@ops.example.org'
        $content.IsRead | Should -BeFalse
        ($content | Get-ImapMessage).IsRead | Should -BeFalse
    }

    It 'reads a message in any language, and none that a terminal would obey' {
        (Get-ImapMessage -From hanako@ | Get-ImapMessageContent).Text | Should -BeLike '火曜日の十時は*'
        (Get-ImapMessage -From info@ | Get-ImapMessageContent).Text | Should -BeLike 'Schöne Grüße*'
        Get-ImapMessage | Get-ImapMessageContent | Out-String | Should -Not -Match '\e'
    }

    It 'reads many, in the order in which they come' {
        $messages = Get-ImapMessage

        ($messages | Get-ImapMessageContent).Uid | Should -Be $messages.Uid
        $messages | Get-ImapMessageContent | Select-Object -First 1 | ForEach-Object Uid | Should -Be $messages[0].Uid
    }

    It 'fetches one part alone' {
        $message = Get-ImapMessage -Subject '[CRITICAL] web-02*'

        $part = $message | Get-ImapMessageContent -Part $message.Attachments[0].Part

        ($part.TextBody | ConvertFrom-Csv | Where-Object mount -eq /).used | Should -Be 97
    }

    It 'marks as read only what it is told to' {
        $message = Get-ImapMessage -Subject 'Fotky z víkendu'

        $null = $message | Get-ImapMessageContent -MarkRead

        ($message | Get-ImapMessage).IsRead | Should -BeTrue
    }

    It 'comes through JSON and CLIXML' {
        $content = Get-ImapMessage -Subject 'Confirm your address' | Get-ImapMessageContent

        ($content | ConvertTo-Json -Depth 4 | ConvertFrom-Json).Links | Should -Contain 'https://app.example/confirm?token=93f2c7'
        $content | Export-Clixml TestDrive:/content.xml
        (Import-Clixml TestDrive:/content.xml | Get-ImapMessageContent).Codes | Should -Be 481516
    }

    It 'says what cannot be found' {
        $none = [pscustomobject]@{ Folder = 'INBOX'; Uid = [uint]::MaxValue }

        { $none | Get-ImapMessageContent -ErrorAction Stop } |
            Should -Throw -ErrorId 'MessageNotFound,ImapPS.Commands.GetImapMessageContentCommand'
        { Get-ImapMessage -First 1 | Get-ImapMessageContent -Part 99 -ErrorAction Stop } |
            Should -Throw -ErrorId 'MessageNotFound,ImapPS.Commands.GetImapMessageContentCommand'
    }
}
