<#
    The server that tests/*.Tests.ps1 run against.

    By default each file gets a sandbox of its own, a disposable Dovecot with the mailbox of tests/Sandbox/Mail/DemoMailbox.cs,
    which the first file builds. With IMAPPS_TEST_CONFIGURATION=Debug or Release it is run as it was built in that configuration.

    With IMAPPS_TEST_SERVER set, an account on that server is used, for instance a sandbox on another machine, or in a container,
    for tests on Windows. It must hold the same mailbox; tests put back what they move, and leave a folder below Archive.

        IMAPPS_TEST_SERVER       the host
        IMAPPS_TEST_PORT         the port: 993 is TLS, any other STARTTLS; 993 if it is not set
        IMAPPS_TEST_USER         who logs in
        IMAPPS_TEST_PASSWORD     with which password
        IMAPPS_TEST_THUMBPRINT   the SHA-256 thumbprint of the server's certificate, if nobody vouches for it
#>

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$root = Split-Path $PSScriptRoot
$startTimeout = [timespan]::FromMinutes(10)
$stopTimeout = [timespan]::FromSeconds(30)

$isBuilt = $false
$sandbox = $null
$server = $null
$access = $null

<#
.SYNOPSIS
    Starts the server, imports the module unless it is told not to, and returns what to splat into Connect-Imap.
#>
function Start-TestServer([switch] $NoImport) {
    $script:access = $env:IMAPPS_TEST_SERVER ? (Get-GivenServer) : (Start-Sandbox)
    $script:server = @{
        Server     = $access.Server
        Port       = $access.Port
        Credential = [pscredential]::new($access.UserName, (ConvertTo-SecureString $access.Password -AsPlainText))
    }
    if ($access.Thumbprint) { $server.CertificateThumbprint = $access.Thumbprint }

    if (-not $NoImport) { Import-Module (Join-Path $root ImapPS.psd1) -Global }
    $server
}

<#
.SYNOPSIS
    Returns how the server is reached as JSON: what IMAPPS_SANDBOX is to hold for a page (tests/Pages).
#>
function Get-TestServerAccess { ConvertTo-Json $access -Compress }

<#
.SYNOPSIS
    Closes the tests' sessions, and stops the server if it is ours.
#>
function Stop-TestServer {
    try {
        if ($server -and (Get-Module ImapPS)) { Get-ImapSession | Where-Object { $_.Server -eq $server.Server -and $_.Port -eq $server.Port } | Disconnect-Imap }
    }
    finally {
        $script:server = $null
        Stop-Sandbox
    }
}

function Get-GivenServer {
    foreach ($name in 'IMAPPS_TEST_USER', 'IMAPPS_TEST_PASSWORD') {
        if (-not (Test-Path "env:$name")) { throw "IMAPPS_TEST_SERVER is set, but $name is not." }
    }

    [pscustomobject]@{
        Server     = $env:IMAPPS_TEST_SERVER
        Port       = $env:IMAPPS_TEST_PORT ? [int] $env:IMAPPS_TEST_PORT : 993
        UserName   = $env:IMAPPS_TEST_USER
        Password   = $env:IMAPPS_TEST_PASSWORD
        Thumbprint = $env:IMAPPS_TEST_THUMBPRINT
    }
}

# It serves until its input ends: when we close it, or when this process is no more.
function Start-Sandbox {
    $arguments = @(
        'run', '--project', (Join-Path $PSScriptRoot Sandbox)
        if ($env:IMAPPS_TEST_CONFIGURATION) { '--configuration', $env:IMAPPS_TEST_CONFIGURATION }
        if ($env:IMAPPS_TEST_CONFIGURATION -or $isBuilt) { '--no-build' }
        '--', 'serve'
    )
    $start = [Diagnostics.ProcessStartInfo]::new('dotnet', [string[]] $arguments)
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $script:sandbox = [Diagnostics.Process]::Start($start)

    # What the build has to say comes first, and then one line of JSON.
    $said = do {
        $read = $sandbox.StandardOutput.ReadLineAsync()
        $line = $read.Wait($startTimeout) ? $read.Result : $null
        $line
    } until ($null -eq $line -or $line.StartsWith('{'))

    if ($null -eq $line) {
        Stop-Sandbox
        throw "The sandbox did not start.`n$($said -join "`n")"
    }

    $script:isBuilt = $true
    ConvertFrom-Json $line
}

function Stop-Sandbox {
    if (-not $sandbox) { return }

    $sandbox.StandardInput.Close()
    if (-not $sandbox.WaitForExit($stopTimeout)) { $sandbox.Kill($true) }
    $sandbox.Dispose()
    $script:sandbox = $null
}

Export-ModuleMember -Function Start-TestServer, Stop-TestServer, Get-TestServerAccess
