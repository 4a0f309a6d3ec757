#Requires -Modules ImapPS

<#
.SYNOPSIS
    Gets the quotas of many mailboxes, as a master user.

.DESCRIPTION
    Logs in to each mailbox with the master user's password, and asks for the quota of the INBOX. Returns one object for each mailbox, also
    for one that cannot be opened: its Error says why.

    The exit code is 2 if a mailbox could not be asked, and else 0.

.PARAMETER Server
    The server, as Use-ImapSession takes it, such as mail.example.org.

.PARAMETER Credential
    The master user. docs/connecting.md says how to set one up on Dovecot and Cyrus.

.PARAMETER Connection
    More parameters of Use-ImapSession, such as @{ Port = 143 }.

.PARAMETER User
    The users whose mailboxes are asked. Objects with a property User can be piped, such as the lines of a CSV file.

.PARAMETER AbovePercent
    Leaves out the mailboxes that use no more than this share of a limit.

.EXAMPLE
    $master = Get-Credential master
    Import-Csv ./accounts.csv | ./Get-QuotaReport.ps1 mail.example.org -Credential $master | Export-Csv ./quotas.csv

    Writes the quotas of all accounts to a CSV file.

.EXAMPLE
    ./Get-QuotaReport.ps1 mail.example.org -Credential (Get-Secret master) -User alice, bob -AbovePercent 90

    Shows which of the two are nearly full. The credential is one of SecretManagement.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Server,

    [Parameter(Mandatory)]
    [pscredential] [Management.Automation.Credential()]
    $Credential,

    [hashtable] $Connection = @{},

    [Parameter(Mandatory, ValueFromPipelineByPropertyName)]
    [string[]] $User,

    [ValidateRange(0, 100)]
    [double] $AbovePercent
)

begin {
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $failed = 0
}

process {
    foreach ($name in $User) {
        $row = [ordered]@{ User = $name }
        'Bytes', 'MaxBytes', 'Messages', 'MaxMessages', 'Percent', 'Error' | ForEach-Object { $row[$_] = $null }
        try {
            $quotas = @(Use-ImapSession $Server -Credential $Credential -AuthorizationId $name @Connection { Get-ImapQuota INBOX })
            foreach ($quota in $quotas) {
                if ($quota.Resource -eq 'STORAGE') { $row.Bytes, $row.MaxBytes = $quota.Usage, $quota.Limit }
                if ($quota.Resource -eq 'MESSAGE') { $row.Messages, $row.MaxMessages = $quota.Usage, $quota.Limit }
            }

            # A mailbox is as full as the limit that it reaches first.
            $row.Percent = ($quotas | Measure-Object Percent -Maximum).Maximum
        }
        catch {
            $failed++
            $row.Error = "$_"
        }

        if ($row.Error -or $row.Percent -gt $AbovePercent -or -not $AbovePercent) { [pscustomobject] $row }
    }
}

end {
    exit $(if ($failed) { 2 } else { 0 })
}
