<#
.SYNOPSIS
    Does a piece of work in many mailboxes, several at a time, and goes on where it was interrupted.

.DESCRIPTION
    Reads the accounts from a CSV file, opens each mailbox with Use-ImapSession, and runs the work in it. For each mailbox it returns one
    object. A mailbox whose work is done gets a line in the state file, and is left out by the next run with the same state file. One that
    failed is tried again by the next run.

    The work must be something that may be done twice: if the script is killed, the mailboxes under way have no line yet.

.EXAMPLE
    $master = Get-Credential master
    ./Fleet.ps1 ./accounts.csv -State ./sweep.jsonl -Parameter {
        @{ Server = 'mail.example.org'; Credential = $master; AuthorizationId = $_.User }
    } -Work {
        Get-ImapMessage Trash -OlderThan 30 | Remove-ImapMessage -Permanent -Force
    }

.EXAMPLE
    ./Fleet.ps1 ./accounts.csv -State ./sweep.jsonl -Shard 3/16 -Parameter $parameter -Work $work | Group-Object Succeeded -NoElement

    The third of sixteen machines. Whatever starts them, each account is the work of exactly one.
#>
[CmdletBinding()]
param(
    # The accounts: a CSV file with a column User. Other columns are for -Parameter.
    [Parameter(Mandatory, Position = 0)]
    [string] $Account,

    # The file that says which accounts are done: a line of JSON for each. It is created if it is missing.
    [Parameter(Mandatory)]
    [string] $State,

    # Returns the parameters of Use-ImapSession for the account in $_.
    [Parameter(Mandatory)]
    [scriptblock] $Parameter,

    # Runs in each mailbox, in a runspace of its own: it sees none of the caller's variables. Its first argument is the session.
    # The first error ends the work in that mailbox.
    [Parameter(Mandatory)]
    [scriptblock] $Work,

    # Which part of the accounts is worked on, such as 3/16: the third of sixteen. An account is always in the same part.
    [ValidatePattern('^[1-9][0-9]{0,3}/[1-9][0-9]{0,3}$')]
    [string] $Shard = '1/1',

    # How many mailboxes are worked on at a time.
    [ValidateRange(1, 1000)]
    [int] $ThrottleLimit = 8
)

[int] $part, [int] $parts = $Shard.Split('/')
if ($part -gt $parts) { throw "-Shard $Shard names a part that does not exist." }

# The first four bytes of a digest, not GetHashCode, which differs from process to process.
$sha = [Security.Cryptography.SHA256]::Create()
function Test-Mine([string] $user) {
    $digest = $sha.ComputeHash([Text.Encoding]::UTF8.GetBytes($user.ToLowerInvariant()))
    [BitConverter]::ToUInt32($digest, 0) % $parts -eq $part - 1
}

$path = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($State)

# A second run with the same state file is an error, and not two runs over the same mailboxes.
try {
    $lock = [IO.FileStream]::new("$path.lock", 'OpenOrCreate', 'ReadWrite', 'None', 1, 'DeleteOnClose')
}
catch [IO.IOException] {
    throw "Another run uses the state file '$path'. Wait for it, or take another file."
}

try {
    # A line that a crash has cut off is no account that is done.
    $done = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
    if (Test-Path -LiteralPath $path) {
        foreach ($line in [IO.File]::ReadLines($path)) {
            try { $null = $done.Add((ConvertFrom-Json $line -ErrorAction Stop).User) } catch { Write-Verbose "Not a line of the state: $line" }
        }
    }

    # What a crash has cut off ends here.
    $file = [IO.FileStream]::new($path, 'OpenOrCreate', 'ReadWrite', 'ReadWrite')
    $null = $file.Seek(0, 'End')
    $writer = [IO.StreamWriter]::new($file, [Text.UTF8Encoding]::new($false))
    $writer.AutoFlush = $true
    if ($file.Length -gt 0) { $writer.WriteLine() }

    $rows = @(Import-Csv -LiteralPath $Account -ErrorAction Stop)
    if ($rows.Count -gt 0 -and -not $rows[0].PSObject.Properties['User']) { throw "'$Account' has no column User." }

    # What is wrong with one account is no reason to leave out the others.
    $accounts = @($rows | Where-Object { (Test-Mine $_.User) -and -not $done.Contains($_.User) } | ForEach-Object {
        $one = [pscustomobject]@{ User = $_.User; Parameter = $null; Error = $null }
        try { $one.Parameter = & $Parameter } catch { $one.Error = $_ }
        $one
    })

    # Several accounts for each runspace: to reset one, and to read the work again, takes a third of the time of a login.
    $share = [math]::Max(1, [math]::Min(100, [int]($accounts.Count / $ThrottleLimit / 4)))
    $shares = for ($i = 0; $i -lt $accounts.Count; $i += $share) {
        , $accounts[$i..([math]::Min($i + $share, $accounts.Count) - 1)]
    }

    # What a runspace does with its accounts. The first error ends the work in a mailbox.
    $sweep = {
        param($accounts, $work)

        $ErrorActionPreference = 'Stop'
        foreach ($account in $accounts) {
            # In a scope of its own: no variable of one account is another's.
            & {
                $parameter = $account.Parameter
                $result = [pscustomobject]@{ User = $account.User; Succeeded = $false; Output = $null; Error = $null; Seconds = 0.0 }
                $watch = [Diagnostics.Stopwatch]::StartNew()
                try {
                    if ($account.Error) { throw $account.Error }

                    # A loop, so that a break or continue of the work ends no other one.
                    $result.Error = 'The work ended with break or continue.'
                    do {
                        $result.Output = @(Use-ImapSession @parameter -ScriptBlock $work)
                        $result.Succeeded = $true
                        $result.Error = $null
                    } while ($false)
                }
                catch {
                    $result.Error = $_
                }

                $result.Seconds = $watch.Elapsed.TotalSeconds
                $result
            }
        }
    }

    # A script block cannot be handed to another runspace, but its text can. PowerShell compiles equal texts once.
    $texts = $sweep.ToString(), $Work.ToString()
    $told = [Collections.Generic.HashSet[string]]::new([StringComparer]::OrdinalIgnoreCase)
    $module = (Get-Command Use-ImapSession).Module.Path
    $shares |
        ForEach-Object -ThrottleLimit $ThrottleLimit -Parallel {
            Import-Module $using:module
            $sweep, $work = $using:texts | ForEach-Object { [scriptblock]::Create($_) }
            & $sweep $_ $work
        } |
        ForEach-Object {
            # One writer, and a line only for what is done.
            if ($_.Succeeded) {
                $writer.WriteLine((ConvertTo-Json ([ordered]@{ User = $_.User; At = [datetime]::UtcNow.ToString('o') }) -Compress))
            }

            $null = $told.Add($_.User)
            $_
        }

    # An exit in the work ends its runspace: of its other accounts nothing is known.
    foreach ($one in $accounts) {
        if ($told.Contains($one.User)) { continue }

        [pscustomobject]@{
            User = $one.User; Succeeded = $false; Output = $null; Error = 'The work ended the runspace, such as by exit.'; Seconds = 0.0
        }
    }
}
finally {
    $sha.Dispose()
    if ($file) { $file.Dispose() }
    $lock.Dispose()
}
