BeforeAll {
    Import-Module "$PSScriptRoot/../ImapPS.psd1"
}

Describe 'Resolve-ImapServer' {
    It 'finds the server of a known provider, and says what the account needs' {
        $server = Resolve-ImapServer alice@outlook.com

        $server.Server | Should -Be outlook.office365.com
        $server.Port | Should -Be 993
        $server.Security | Should -Be Tls
        $server.Source | Should -Be KnownProvider
        $server.Login | Should -Be OAuth
        $server.Note | Should -BeLike '*-OAuth Microsoft365*'
    }

    It 'takes addresses from the pipeline' {
        ('alice@gmail.com', 'bob@fastmail.com' | Resolve-ImapServer).Server | Should -Be imap.gmail.com, imap.fastmail.com
    }

    It 'knows the user name' {
        (Resolve-ImapServer alice@icloud.com).UserName | Should -Be alice
        (Resolve-ImapServer alice@gmail.com).UserName | Should -Be alice@gmail.com
    }

    It 'tells what is not the address of a mailbox' {
        { Resolve-ImapServer mail.example.org -ErrorAction Stop } |
            Should -Throw -ErrorId 'ArgumentInvalid,ImapPS.Commands.ResolveImapServerCommand'
    }
}
