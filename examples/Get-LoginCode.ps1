#Requires -Modules ImapPS

<#
.SYNOPSIS
    Gets the one-time code that an application mails at a login.

.DESCRIPTION
    Notes where the folder ends, runs the action that makes the application send the mail, and waits for the mail to the address. So a code
    of an earlier login is never returned, and no clock is used. The mail stays in the folder.

    Returns the code as text. If the mail does not come, or has no code, that is an error.

.PARAMETER Server
    The server, as Use-ImapSession takes it, such as mail.example.org.

.PARAMETER Credential
    Who logs in to the mailbox. If it is not given, Use-ImapSession asks for it.

.PARAMETER Connection
    More parameters of Use-ImapSession, such as @{ Port = 143 } or @{ OAuth = 'Microsoft365'; ClientId = $clientId }.

.PARAMETER To
    The address that the application sends the code to.

.PARAMETER Action
    Makes the application send the mail. Its output is discarded.

.PARAMETER Subject
    Text of the subject. With * it must match the whole subject.

.PARAMETER Folder
    The folder that the mail arrives in.

.PARAMETER TimeoutSeconds
    How long to wait for the mail.

.EXAMPLE
    $user = 'test-1@app.example'
    $code = ./Get-LoginCode.ps1 mail.example.org -Credential robot -To $user -Action {
        Invoke-RestMethod https://app.example/login -Method Post -Body @{ user = $user }
    }

    Requests a login, and gets the code that was mailed.

.EXAMPLE
    $container = @{ Port = 3993; SkipCertificateCheck = $true }
    ./Get-LoginCode.ps1 localhost -Credential $credential -Connection $container -To $user -Action $login

    The same in a CI job, with a server in a container that signs its own certificate.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Server,

    [pscredential] [Management.Automation.Credential()]
    $Credential,

    [hashtable] $Connection = @{},

    [Parameter(Mandatory)]
    [string] $To,

    [Parameter(Mandatory)]
    [scriptblock] $Action,

    [string] $Subject = '*',

    [string] $Folder = 'INBOX',

    [ValidateRange(1, 3600)]
    [int] $TimeoutSeconds = 60
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if ($Credential) { $Connection += @{ Credential = $Credential } }

Use-ImapSession $Server @Connection {
    $mark = Get-ImapFolder $Folder
    $null = & $Action
    $content = Wait-ImapMessage $Folder -After $mark -To $To -Subject $Subject -TimeoutSeconds $TimeoutSeconds | Get-ImapMessageContent
    $code = $content.Codes | Select-Object -First 1
    if (-not $code) { throw "There is no code in the message '$($content.Subject)'." }
    $code
}
