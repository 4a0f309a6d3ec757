BeforeAll {
    Import-Module $PSScriptRoot/TestServer.psm1
    $server = Start-TestServer
}

AfterAll {
    Stop-TestServer
}

Describe 'Test-ImapConnection' {
    It 'tells each step, and leaves no session' {
        $steps = Test-ImapConnection @server

        $steps.Result | Sort-Object -Unique | Should -Be Passed
        $steps.Step | Should -Contain Login
        ($steps | Where-Object Step -eq Tls).Detail | Should -BeLike 'TLS 1.*'
        Get-ImapSession | Where-Object Server -eq $server.Server | Should -BeNullOrEmpty
    }

    It 'logs nobody in without a credential' {
        $reach = $server.Clone()
        $reach.Remove('Credential')

        $steps = Test-ImapConnection @reach

        ($steps | Where-Object Step -eq Login).Result | Should -Be Skipped
        ($steps | Where-Object Step -eq Login).Reason | Should -BeLike 'No credential*'
        $steps.Result | Should -Not -Contain Failed
    }

    It 'is true or false with -Quiet' {
        $wrong = $server.Clone()
        $wrong.Credential = [pscredential]::new($server.Credential.UserName, (ConvertTo-SecureString 'not it' -AsPlainText))

        Test-ImapConnection @server -Quiet | Should -BeTrue
        Test-ImapConnection @wrong -Quiet | Should -BeFalse
    }

    It 'says when the server is not there, and what to do' {
        $failed = Test-ImapConnection no-such-host.invalid | Where-Object Result -eq Failed

        $failed.Step | Should -Be Resolve
        $failed.ErrorId | Should -Be ConnectionFailed
        $failed.Reason | Should -BeLike "*'no-such-host.invalid'*"
        $failed.Remedy | Should -Not -BeNullOrEmpty
    }

    It 'shows the certificate that the server has, and which one was expected' {
        $other = $server.Clone()
        $other.CertificateThumbprint = '00' * 32

        $step = Test-ImapConnection @other | Where-Object Step -eq Certificate

        $step.Result | Should -Be Failed
        $step.Reason | Should -BeLike "*$('00' * 32)*$($step.Certificate.Thumbprint)*"
        $step.Certificate.NotAfter | Should -BeGreaterThan ([datetimeoffset]::Now)
    }
}
