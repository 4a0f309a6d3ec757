#Requires -Modules ImapPS

<#
.SYNOPSIS
    Migrates a mailbox to another server. Each run copies what the last one has not.

.DESCRIPTION
    Brings the folders of the new mailbox to the state of the old one: messages, flags, keywords, dates, subscriptions. The old mailbox is
    only read. What only the new mailbox has stays.

    Returns an object for each folder. With -WhatIf returns what would be done.

    The exit code is 0 if all folders are the same, 2 if some are not, and 1 if a mailbox could not be opened.

.PARAMETER Server
    The old server, as Use-ImapSession takes it, such as mail.example.org.

.PARAMETER Credential
    Who logs in to the old server. If it is not given, Use-ImapSession asks for it.

.PARAMETER Connection
    More parameters of Use-ImapSession for the old server, such as @{ Port = 143 } or @{ AuthorizationId = 'alice' }.

.PARAMETER ToServer
    The new server.

.PARAMETER ToCredential
    Who logs in to the new server.

.PARAMETER ToConnection
    More parameters of Use-ImapSession for the new server, such as @{ OAuth = 'Microsoft365'; ClientId = $clientId }.

.PARAMETER StatePath
    A file that records which message is which. The next run with it is faster. The default is a file in the current directory.

.EXAMPLE
    ./Sync-Mailbox.ps1 mail.example.org -Credential alice -ToServer mail.example.net -ToCredential alice -WhatIf

    Shows what would be copied.

.EXAMPLE
    ./Sync-Mailbox.ps1 mail.example.org -Credential $master -Connection @{ AuthorizationId = 'alice' } `
        -ToServer mail.example.net -ToCredential (Get-Secret alice) -StatePath ./alice.jsonl | Where-Object IsEqual -eq $false

    Copies as a master user of the old server, and shows the folders that are not the same yet.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Server,

    [pscredential] [Management.Automation.Credential()]
    $Credential,

    [hashtable] $Connection = @{},

    [Parameter(Mandatory)]
    [string] $ToServer,

    [pscredential] [Management.Automation.Credential()]
    $ToCredential,

    [hashtable] $ToConnection = @{},

    [string] $StatePath = './migration.jsonl'
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if ($Credential) { $Connection += @{ Credential = $Credential } }
if ($ToCredential) { $ToConnection += @{ Credential = $ToCredential } }

# A message that the new server refuses is an error, and the others are copied.
Use-ImapSession $ToServer @ToConnection {
    param($new)

    Use-ImapSession $Server @Connection {
        Sync-ImapFolder -ToSession $new -StatePath $StatePath -ErrorAction Continue -ErrorVariable refused
    }
} -OutVariable folders

if ($WhatIfPreference) { exit 0 }
exit $(if ($refused -or ($folders | Where-Object IsEqual -eq $false)) { 2 } else { 0 })
