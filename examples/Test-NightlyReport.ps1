#Requires -Modules ImapPS

<#
.SYNOPSIS
    Tests whether a report has arrived. The exit code tells a scheduler.

.DESCRIPTION
    Looks for the newest message with that subject. Returns one object: whether the report is missing, and when the last one was received.

    The exit code is 0 if the report is there, 2 if it is missing, and 1 if the mailbox could not be searched.

.PARAMETER Server
    The server, as Use-ImapSession takes it, such as mail.example.org.

.PARAMETER Credential
    Who logs in. If it is not given, Use-ImapSession asks for it.

.PARAMETER Connection
    More parameters of Use-ImapSession, such as @{ Port = 143 } or @{ OAuth = 'Microsoft365'; ClientId = $clientId }.

.PARAMETER Subject
    Text of the subject. With * it must match the whole subject.

.PARAMETER From
    Text of the sender's name or address. The default is any sender.

.PARAMETER Folder
    The folder that the report arrives in.

.PARAMETER Hours
    How old the report may be.

.EXAMPLE
    ./Test-NightlyReport.ps1 mail.example.org -Credential ops -Subject 'Backup of db-01: success' -From backup@

    Shows whether the report of last night has arrived.

.EXAMPLE
    pwsh -NoProfile -Command "./Test-NightlyReport.ps1 mail.example.org -Credential (Get-Secret ops) -Subject Backup; exit `$LASTEXITCODE"

    The line for a scheduler: cron, Task Scheduler, or a monitoring system. The credential is one of SecretManagement.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Server,

    [pscredential] [Management.Automation.Credential()]
    $Credential,

    [hashtable] $Connection = @{},

    [Parameter(Mandatory)]
    [string] $Subject,

    [string] $From,

    [string] $Folder = 'INBOX',

    [ValidateRange(0, 8760)]
    [double] $Hours = 24
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if ($Credential) { $Connection += @{ Credential = $Credential } }

$search = @{ Subject = $Subject }
if ($From) { $search.From = $From }
$last = Use-ImapSession $Server @Connection {
    Get-ImapMessage $Folder @search -SortBy Received -Descending -First 1
}

$isMissing = -not $last -or $last.Received -lt [DateTimeOffset]::Now.AddHours(-$Hours)
[pscustomobject]@{
    Report = $Subject
    IsMissing = $isMissing
    LastReceived = if ($last) { $last.Received }
    LastSubject = if ($last) { $last.Subject }
}

exit $(if ($isMissing) { 2 } else { 0 })
