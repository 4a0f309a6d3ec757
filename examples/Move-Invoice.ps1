#Requires -Modules ImapPS

<#
.SYNOPSIS
    Moves invoices to a folder for each month, and saves their files.

.DESCRIPTION
    An invoice is a message of one of the senders with an attachment of that name. It goes to a folder such as Invoices/2026-03, by the
    month in which it was received. The folder is created if it is missing.

    With -Path the attachments are saved to a directory for each month first. If one cannot be saved, the script ends, and the messages of
    that month are not moved.

    Returns the messages where they are now.

.PARAMETER Server
    The server, as Use-ImapSession takes it, such as mail.example.org.

.PARAMETER Credential
    Who logs in. If it is not given, Use-ImapSession asks for it.

.PARAMETER Connection
    More parameters of Use-ImapSession, such as @{ Port = 143 } or @{ OAuth = 'Microsoft365'; ClientId = $clientId }.

.PARAMETER From
    Text of the sender's name or address. One of several must match.

.PARAMETER Name
    The name of the attachment that makes a message an invoice. Wildcards are allowed.

.PARAMETER Folder
    The folder that is searched.

.PARAMETER Destination
    The folder above those of the months.

.PARAMETER Path
    The directory above those of the months. Without it nothing is saved.

.EXAMPLE
    ./Move-Invoice.ps1 mail.example.org -Credential alice -From billing@ -WhatIf

    Shows which messages would be moved, and to which folders.

.EXAMPLE
    ./Move-Invoice.ps1 mail.example.org -Credential (Get-Secret alice) -From billing@, invoice@ -Path ./invoices

    Saves the PDF files of both senders, then moves their messages. The credential is one of SecretManagement.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Server,

    [pscredential] [Management.Automation.Credential()]
    $Credential,

    [hashtable] $Connection = @{},

    [Parameter(Mandatory)]
    [string[]] $From,

    [string] $Name = '*.pdf',

    [string] $Folder = 'INBOX',

    [string] $Destination = 'Invoices',

    [string] $Path
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if ($Credential) { $Connection += @{ Credential = $Credential } }

Use-ImapSession $Server @Connection {
    $delimiter = (Get-ImapFolder INBOX).Delimiter
    $months = Get-ImapMessage $Folder -From $From -HasAttachment |
        Where-Object { $_.Attachments | Where-Object Name -like $Name } |
        Group-Object { $_.Received.LocalDateTime.ToString('yyyy-MM', [cultureinfo]::InvariantCulture) }
    foreach ($month in $months) {
        # What is saved already, by a run that was interrupted, is not saved again.
        if ($Path) { $month.Group | Save-ImapAttachment (Join-Path $Path $month.Name) -Name $Name -SkipExisting }
        $month.Group | Move-ImapMessage ($Destination, $month.Name -join $delimiter) -CreateFolder -PassThru
    }
}
