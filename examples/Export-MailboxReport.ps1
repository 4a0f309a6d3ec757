#Requires -Modules ImapPS

<#
.SYNOPSIS
    Writes a dated page with numbers and charts of a mailbox, and keeps the last ones.

.DESCRIPTION
    Writes a file such as "alice 2026-03-01.html". A page of the same day is written again. Of the pages of this user only the newest are
    kept.

    Returns the file.

.PARAMETER Server
    The server, as Use-ImapSession takes it, such as mail.example.org.

.PARAMETER Credential
    Who logs in. If it is not given, Use-ImapSession asks for it.

.PARAMETER Connection
    More parameters of Use-ImapSession, such as @{ Port = 143 } or @{ OAuth = 'Microsoft365'; ClientId = $clientId }.

.PARAMETER Path
    The directory of the pages. It is created if it is missing.

.PARAMETER Keep
    How many pages of the user are kept.

.EXAMPLE
    ./Export-MailboxReport.ps1 mail.example.org -Credential alice -Path ./reports | Invoke-Item

    Writes a page, and opens it in the browser.

.EXAMPLE
    ./Export-MailboxReport.ps1 mail.example.org -Credential (Get-Secret alice) -Path ./reports -Keep 52

    The line of a weekly job. The credential is one of SecretManagement.
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

    [ValidateRange(1, 10000)]
    [int] $Keep = 12
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if ($Credential) { $Connection += @{ Credential = $Credential } }

Use-ImapSession $Server @Connection {
    param($session)

    # A name such as CONTOSO\alice is none for a file.
    $user = $session.UserName -replace '[^\w.@-]', '_'
    $date = [datetime]::Now.ToString('yyyy-MM-dd', [cultureinfo]::InvariantCulture)
    Export-ImapReport (Join-Path $Path "$user $date.html") -Force -PassThru
    Get-ChildItem -Path $Path -Filter "$user ????-??-??.html" -ErrorAction Ignore |
        Sort-Object Name -Descending |
        Select-Object -Skip $Keep |
        Remove-Item
}
