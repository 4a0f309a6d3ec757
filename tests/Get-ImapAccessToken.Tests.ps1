BeforeAll {
    Import-Module $PSScriptRoot/../ImapPS.psd1
}

Describe 'Get-ImapAccessToken' {
    It 'says before anything is asked what a provider does not allow' {
        { Get-ImapAccessToken -OAuth Google -ClientId test -DeviceCode } |
            Should -Throw -ErrorId 'ArgumentInvalid,ImapPS.Commands.GetImapAccessTokenCommand'
    }

    It 'wants the mailbox of an application named' {
        { Get-ImapAccessToken -OAuth Microsoft365 -ClientId test -TenantId contoso.example -ClientSecret secret } |
            Should -Throw -ErrorId 'ArgumentInvalid,ImapPS.Commands.GetImapAccessTokenCommand'
    }

    It 'says when the issuer cannot be reached' {
        { Get-ImapAccessToken -OAuth http://127.0.0.1:1/ -ClientId test } |
            Should -Throw -ErrorId 'ConnectionFailed,ImapPS.Commands.GetImapAccessTokenCommand'
    }

    It 'offers the providers by name' {
        $line = 'Get-ImapAccessToken -OAuth '
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be 'Microsoft365', 'Google', 'Yahoo'
    }
}
