#Requires -Modules ImapPS

<#
.SYNOPSIS
    Moves old newsletters to the trash.

.DESCRIPTION
    A newsletter is a message with the header field List-Id or List-Unsubscribe. Messages that are flagged stay. If more messages are found
    than -MaxMessages allows, none is moved.

    Returns how many messages were moved, how large and how old they are.

.PARAMETER Server
    The server, as Use-ImapSession takes it, such as mail.example.org.

.PARAMETER Credential
    Who logs in. If it is not given, Use-ImapSession asks for it.

.PARAMETER Connection
    More parameters of Use-ImapSession, such as @{ Port = 143 } or @{ OAuth = 'Microsoft365'; ClientId = $clientId }.

.PARAMETER Folder
    The folders that are searched. Wildcards are allowed.

.PARAMETER List
    Text of the List-Id: only the newsletters of this list. With * it must match the whole field.

.PARAMETER OlderThan
    The age in days. Newer messages stay.

.PARAMETER MaxMessages
    The highest number of messages that may be moved.

.PARAMETER JournalPath
    A file that gets a line for each message that was moved. With it you can undo the move.

.EXAMPLE
    ./Remove-Newsletter.ps1 mail.example.org -Credential alice -WhatIf

    Shows which newsletters would go to the trash.

.EXAMPLE
    ./Remove-Newsletter.ps1 mail.example.org -Credential (Get-Secret alice) -List weekly.ladle -OlderThan 14 -JournalPath ./moved.jsonl

    Moves the issues of one newsletter that are older than two weeks. The credential is one of SecretManagement.

.EXAMPLE
    Get-Content ./moved.jsonl | ConvertFrom-Json | Move-ImapMessage INBOX

    Moves them back, in a session that is open.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Server,

    [pscredential] [Management.Automation.Credential()]
    $Credential,

    [hashtable] $Connection = @{},

    [string[]] $Folder = 'INBOX',

    [string] $List,

    [ValidateRange(0, 36500)]
    [double] $OlderThan = 90,

    [ValidateRange(1, [int]::MaxValue)]
    [int] $MaxMessages = 1000,

    [string] $JournalPath
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
if ($Credential) { $Connection += @{ Credential = $Credential } }

$search = @{ Query = 'OR HEADER List-Id "" HEADER List-Unsubscribe ""' }
if ($List) { $search = @{ Header = @{ 'List-Id' = $List } } }

$account = @{ MaxMessages = $MaxMessages; Summary = -not $WhatIfPreference }
if ($JournalPath) { $account.JournalPath = $JournalPath }

Use-ImapSession $Server @Connection {
    Get-ImapMessage $Folder @search -OlderThan $OlderThan -Unflagged | Remove-ImapMessage @account
}
