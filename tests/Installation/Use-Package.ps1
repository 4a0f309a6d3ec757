<#
.SYNOPSIS
    Installs a package of ImapPS, and uses it against the scripted server of tests/Sandbox.

.DESCRIPTION
    For systems on which Dovecot does not run, and for Windows PowerShell 5.1: neither Pester nor anything but the .NET SDK and
    Microsoft.PowerShell.PSResourceGet is needed. It says what it tried, and ends with an error if anything is not as it should be.

.PARAMETER Package
    The package. The default is the one that build.ps1 left in out.

.PARAMETER Install
    Installs the module for the user who runs this, and leaves it there. Otherwise it is saved to a folder of its own, which goes again.

.PARAMETER Configuration
    Debug or Release: the build of the sandbox. The default is Debug. It is built if that is missing.
#>
[CmdletBinding()]
param(
    [string] $Package,

    [switch] $Install,

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

# Only what Windows PowerShell 5.1 understands, too.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$root = Split-Path (Split-Path $PSScriptRoot)
if (-not $Package) { $Package = (Get-ChildItem (Join-Path $root out) -Filter ImapPS.*.nupkg | Sort-Object LastWriteTime | Select-Object -Last 1).FullName }
if (-not $Package) { throw 'There is no package in out: run build.ps1 -Task Package.' }
$work = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "imapps-package-$([guid]::NewGuid().ToString('N'))")
$repository = New-Item -ItemType Directory (Join-Path $work repository)
$modules = New-Item -ItemType Directory (Join-Path $work modules)
$name = "ImapPS$([guid]::NewGuid().ToString('N').Substring(0, 8))"
$tried = @{ Passed = 0; Failed = 0 }

function Test-That([string] $What, [scriptblock] $Holds) {
    $wrong = $null
    try { if (-not (. $Holds)) { $wrong = 'it does not hold' } }
    catch { $wrong = "$_ ($($_.FullyQualifiedErrorId))" }

    if ($wrong) { $tried.Failed++ } else { $tried.Passed++ }
    if ($wrong) { "FAILED  $What`: $wrong" } else { "ok      $What" }
}

# It serves until its input ends, and says how to connect in its first line that is JSON.
function Start-Sandbox {
    $project = Join-Path (Join-Path $root tests) Sandbox
    $built = if (Test-Path "$project/bin/$Configuration/net10.0/ImapPS.Sandbox.dll") { '--no-build ' }
    $start = New-Object Diagnostics.ProcessStartInfo 'dotnet', "run --project `"$project`" --configuration $Configuration $built-- serve --scripted"
    $start.UseShellExecute = $false
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $process = [Diagnostics.Process]::Start($start)
    while ($null -ne ($line = $process.StandardOutput.ReadLine()) -and -not $line.StartsWith('{')) { Write-Verbose $line }
    if ($null -eq $line) { throw 'The sandbox did not start.' }

    @{ Process = $process; Access = ConvertFrom-Json $line }
}

$sandbox = $null
try {
    "PowerShell $($PSVersionTable.PSVersion) ($($PSVersionTable.PSEdition)) on $([Environment]::OSVersion)"
    Copy-Item $Package $repository
    Register-PSResourceRepository $name -Uri $repository.FullName -Trusted
    if ($Install) {
        Install-PSResource ImapPS -Prerelease -Repository $name -Scope CurrentUser -Reinstall
    }
    else {
        Save-PSResource ImapPS -Prerelease -Repository $name -Path $modules.FullName
        $env:PSModulePath = $modules.FullName + [IO.Path]::PathSeparator + $env:PSModulePath
    }

    $sandbox = Start-Sandbox
    $access = $sandbox.Access
    Import-Module ImapPS
    $module = Get-Module ImapPS
    "ImapPS $($module.Version) from $($module.ModuleBase)"

    $secret = New-Object securestring
    $access.Password.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
    $connection = @{
        Server         = $access.Server
        Port           = $access.Port
        Credential     = New-Object pscredential $access.UserName, $secret
        Security       = $access.Security
        AllowPlaintext = $true
    }
    $log = Join-Path $work imap.log

    Test-That 'It is the package that is used' { -not $module.ModuleBase.StartsWith($root) }
    Test-That 'Every cmdlet has help' { -not (Get-Command -Module ImapPS | Where-Object { (Get-Help $_.Name).Synopsis -notmatch '^[A-Z][^\r\n]*\.\s*$' }) }
    Test-That 'There is an introduction' { (Get-Help about_ImapPS | Out-String) -match 'SHORT DESCRIPTION' }
    Test-That 'A password is not sent in clear unasked' {
        $plain = $connection.Clone()
        $plain.Remove('AllowPlaintext')
        try { $null = Connect-Imap @plain; $false } catch { $_.FullyQualifiedErrorId -like 'PlaintextRefused,*' }
    }
    Test-That 'Connect-Imap' { (Connect-Imap @connection -ProtocolLogPath $log).State -eq 'Open' }
    Test-That 'Get-ImapFolder' { (Get-ImapFolder).Path -contains 'Lists/powershell' }
    Test-That 'Get-ImapFolder, by role' { (Get-ImapFolder -SpecialUse Trash).Path -eq 'Trash' }
    Test-That 'Get-ImapMessage' { @(Get-ImapMessage INBOX).Count -eq (Get-ImapFolder INBOX).MessageCount }
    Test-That 'Get-ImapMessage, by criteria' { @(Get-ImapMessage INBOX -From billing@ -Subject 'Receipt*').Count -eq 12 }
    Test-That 'Get-ImapMessage, by a filter' { @(Get-ImapMessage INBOX -Filter { $_.From -like '*billing@*' -and $_.IsRead }).Count -eq 11 }
    Test-That 'Tables' { (Get-ImapMessage INBOX -First 3 | Out-String) -match 'Folder: INBOX' }
    Test-That 'Get-ImapMessageContent' { (Get-ImapMessage INBOX -Subject 'Confirm*' | Get-ImapMessageContent).Codes -contains '481516' }
    Test-That 'Set-ImapMessage' {
        Get-ImapMessage INBOX -From billing@ | Set-ImapMessage -Flagged
        @(Get-ImapMessage INBOX -Flagged -From billing@).Count -eq 12
    }
    Test-That 'Copy-ImapMessage' {
        Get-ImapMessage INBOX -From billing@ | Copy-ImapMessage Copies -CreateFolder
        @(Get-ImapMessage Copies).Count -eq 12
    }
    Test-That 'Move-ImapMessage, with a journal that undoes it' {
        $journal = Join-Path $work journal.jsonl
        Get-ImapMessage Copies | Move-ImapMessage Moved -CreateFolder -JournalPath $journal
        $moved = @(Get-ImapMessage Moved).Count
        Get-Content $journal | ConvertFrom-Json | Move-ImapMessage Copies
        $moved -eq 12 -and @(Get-ImapMessage Copies).Count -eq 12
    }
    Test-That 'Remove-ImapMessage' {
        Get-ImapMessage Copies -First 2 | Remove-ImapMessage
        @(Get-ImapMessage Copies).Count -eq 10
    }
    Test-That 'Save-ImapMessage' {
        $null = Get-ImapMessage Copies | Save-ImapMessage (Join-Path $work mail)
        @(Get-ChildItem (Join-Path $work mail) -Filter *.eml).Count -eq 10
    }
    Test-That 'Import-ImapMessage' {
        Get-ChildItem (Join-Path $work mail) -Filter *.eml | Import-ImapMessage Imported -CreateFolder
        @(Get-ImapMessage Imported).Count -eq 10
    }
    Test-That 'Wait-ImapMessage' { @(Wait-ImapMessage INBOX -Subject 'Confirm*' -TimeoutSeconds 10).Count -eq 1 }
    Test-That 'Assert-ImapMessage' {
        try { Assert-ImapMessage INBOX -Subject 'nothing is called so'; $false } catch { $_.FullyQualifiedErrorId -like 'AssertionFailed,*' }
    }
    Test-That 'Errors have their ids' {
        $null = Get-ImapMessage NoSuchFolder -ErrorAction SilentlyContinue -ErrorVariable said
        "$($said[0].FullyQualifiedErrorId)" -like 'FolderNotFound,*'
    }
    Test-That 'Disconnect-Imap' {
        Disconnect-Imap
        -not (Get-ImapSession)
    }
    Test-That 'The protocol log has no password' { (Get-Content $log -Raw) -notmatch [regex]::Escape($access.Password) }
}
finally {
    if ($sandbox) {
        $sandbox.Process.StandardInput.Close()
        if (-not $sandbox.Process.WaitForExit(30000)) { $sandbox.Process.Kill() }
    }
    if (Get-PSResourceRepository $name -ErrorAction SilentlyContinue) { Unregister-PSResourceRepository $name }
    # On Windows what is loaded stays until its process ends.
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}

"$($tried.Passed) passed, $($tried.Failed) failed"
if ($tried.Failed -or -not $tried.Passed) { throw 'The package is not as it should be.' }
