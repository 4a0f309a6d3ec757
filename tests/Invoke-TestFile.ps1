#Requires -Version 7.4

<#
.SYNOPSIS
    Runs one file of Pester tests with the Pester that dotnet restore brought.

.DESCRIPTION
    dotnet test runs every tests/*.Tests.ps1 by this. By hand, after dotnet build:
    dotnet pwsh tests/Invoke-TestFile.ps1 tests/Get-ImapFolder.Tests.ps1

.PARAMETER Path
    The file.

.PARAMETER Configuration
    Debug or Release: the build of the tests and of the sandbox to use.

.PARAMETER PesterPath
    The folder that holds the module Pester in the version to use. The default is the newest of the build.

.PARAMETER ResultPath
    Where to write the results as JSON: Name, Result and Error of each test, and of each block or file that failed by itself.
#>
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug',

    [string] $PesterPath,

    [string] $ResultPath
)

# No preference and no strict mode is set here: the tests would inherit it, and they are to run as in anybody's session.
if (-not $PesterPath) {
    $PesterPath = Get-ChildItem "$PSScriptRoot/ImapPS.Tests/bin/$Configuration/net10.0/pester" -Directory |
        Sort-Object { [version] $_.Name } |
        Select-Object -Last 1 -ExpandProperty FullName
}

# For the processes that tests start, too.
$env:PSModulePath = $PesterPath + [IO.Path]::PathSeparator + $env:PSModulePath
$env:IMAPPS_TEST_CONFIGURATION = $Configuration
Import-Module Pester -ErrorAction Stop

$run = Invoke-Pester -Configuration @{
    Run    = @{ Path = $Path; PassThru = $true }
    Output = @{ Verbosity = 'Detailed' }
}

# What a failed BeforeAll, AfterAll or discovery says is an outcome of its own: the tests in it may all have passed, or not be known.
$results = @(
    foreach ($test in $run.Tests) {
        $complaint = "$($test.ErrorRecord)"
        if ($test.Result -eq 'Failed' -and -not $complaint) { $complaint = 'What it is in failed.' }
        [pscustomobject] @{ Name = $test.ExpandedPath; Result = "$($test.Result)"; Error = $complaint }
    }
    foreach ($block in $run.FailedBlocks | Where-Object ErrorRecord) {
        [pscustomobject] @{ Name = $block.ExpandedPath; Result = 'Failed'; Error = "$($block.ErrorRecord)" }
    }
    foreach ($container in $run.FailedContainers | Where-Object ErrorRecord) {
        [pscustomobject] @{ Name = Split-Path $Path -Leaf; Result = 'Failed'; Error = "$($container.ErrorRecord)" }
    }
)
if (-not $run.Tests) { $results += [pscustomobject] @{ Name = Split-Path $Path -Leaf; Result = 'Failed'; Error = 'There is no test in it.' } }

if ($ResultPath) { ConvertTo-Json $results | Set-Content $ResultPath }
if ($results | Where-Object Result -NotIn Passed, Skipped) { exit 1 }
