#Requires -Modules ImapPS

<#
.SYNOPSIS
    Backs up a mailbox, and tests the backup. The exit code tells a scheduler.

.DESCRIPTION
    The first run fetches everything, each later run what is new. Messages that were removed on the server stay in the backup for some time.
    Then every file of the backup is compared with its SHA-256.

    Returns one object with the numbers. With -WhatIf returns what would be fetched, for each folder.

    The exit code is 0 if all is well, 2 if a message could not be backed up or a file is damaged, and 1 if there was no backup.

.PARAMETER Server
    The server, as Use-ImapSession takes it, such as mail.example.org.

.PARAMETER Credential
    Who logs in. If it is not given, Use-ImapSession asks for it.

.PARAMETER Connection
    More parameters of Use-ImapSession, such as @{ Port = 143 } or @{ OAuth = 'Microsoft365'; ClientId = $clientId }.

.PARAMETER Path
    The directory of the backup: one for each mailbox. It is created if it is missing.

.PARAMETER KeepDeleted
    How many days messages stay in the backup after they were removed on the server.

.EXAMPLE
    ./Backup-Mailbox.ps1 mail.example.org -Credential alice -Path ./backup/alice

    Backs up a mailbox.

.EXAMPLE
    pwsh -NoProfile -Command "./Backup-Mailbox.ps1 mail.example.org -Credential (Get-Secret alice) -Path ./backup; exit `$LASTEXITCODE"

    The line for a scheduler. The credential is one of SecretManagement.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Server,

    [pscredential] [Management.Automation.Credential()]
    $Credential,

    [hashtable] $Connection = @{},

    [Parameter(Mandatory)]
    [string] $Path,

    [ValidateRange(0, 36500)]
    [double] $KeepDeleted = 90
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if ($Credential) { $Connection += @{ Credential = $Credential } }

# A message that cannot be fetched is an error, and the others are backed up.
$folders = @(Use-ImapSession $Server @Connection {
    Backup-ImapFolder -Path $Path -Mirror -KeepDeleted $KeepDeleted -ErrorAction Continue -ErrorVariable refused
})
if ($WhatIfPreference) { return $folders }

# Without -Session: what has arrived since is no fault of the backup.
$problems = @((Test-ImapBackup $Path) | ForEach-Object Problems)
[pscustomobject]@{
    Path = $Path
    Folders = $folders.Count
    Messages = [int] ($folders | Measure-Object Count -Sum).Sum
    Fetched = [int] ($folders | Measure-Object New -Sum).Sum
    Failed = $refused.Count
    Problems = $problems
}

exit $(if ($refused -or $problems) { 2 } else { 0 })
