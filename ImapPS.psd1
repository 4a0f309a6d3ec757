@{
    RootModule             = 'ImapPS.psm1'
    ModuleVersion          = '1.0.0'
    GUID                   = '5c8f5f0e-6a34-4d43-9f53-0f3a1a7f6f5d'
    Author                 = 'The ImapPS contributors'
    CompanyName            = 'The ImapPS contributors'
    Copyright              = '(c) 2026 The ImapPS contributors. MIT License.'
    Description            = 'Read, search, tidy and check mailboxes over IMAP: sessions, folders and messages as objects that pipe into each other.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Core', 'Desktop')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess       = @('bin/ImapPS.Format.ps1xml')
    TypesToProcess         = @('bin/ImapPS.Types.ps1xml')
    FunctionsToExport      = @()
    VariablesToExport      = @()
    AliasesToExport        = @()
    CmdletsToExport        = @(
        'Assert-ImapMessage'
        'Backup-ImapFolder'
        'Clear-ImapFolder'
        'Connect-Imap'
        'Copy-ImapMessage'
        'Disconnect-Imap'
        'Export-ImapReport'
        'Find-ImapDuplicate'
        'Get-ImapAccessToken'
        'Get-ImapFolder'
        'Get-ImapFolderPermission'
        'Get-ImapMessage'
        'Get-ImapMessageContent'
        'Get-ImapMetadata'
        'Get-ImapNamespace'
        'Get-ImapQuota'
        'Get-ImapSession'
        'Import-ImapMessage'
        'Invoke-ImapCommand'
        'Measure-ImapFolder'
        'Move-ImapMessage'
        'New-ImapFolder'
        'Remove-ImapFolder'
        'Remove-ImapFolderPermission'
        'Remove-ImapMessage'
        'Rename-ImapFolder'
        'Resolve-ImapServer'
        'Restore-ImapFolder'
        'Save-ImapAttachment'
        'Save-ImapMessage'
        'Select-ImapSession'
        'Set-ImapFolder'
        'Set-ImapFolderPermission'
        'Set-ImapMessage'
        'Set-ImapMetadata'
        'Set-ImapQuota'
        'Sync-ImapFolder'
        'Test-ImapBackup'
        'Test-ImapConnection'
        'Use-ImapSession'
        'Wait-ImapMessage'
        'Watch-ImapFolder'
    )
    PrivateData            = @{
        PSData = @{
            Prerelease   = 'rc1'
            Tags         = @(
                'IMAP', 'Mail', 'Email', 'Mailbox', 'MailKit', 'OAuth', 'Gmail', 'Microsoft365', 'Dovecot', 'Backup', 'Migration', 'Testing'
                'Pester', 'CI', 'PSEdition_Core', 'PSEdition_Desktop', 'Windows', 'Linux', 'MacOS'
            )
            ProjectUri   = 'https://github.com/imapps/ImapPS'
            LicenseUri   = 'https://opensource.org/license/mit'
            IconUri      = 'https://raw.githubusercontent.com/imapps/ImapPS/main/docs/pictures/icon.png'
            # A package has the section of the changelog here, which build.ps1 puts in.
            ReleaseNotes = 'https://github.com/imapps/ImapPS/blob/main/CHANGELOG.md'
        }
    }
}
