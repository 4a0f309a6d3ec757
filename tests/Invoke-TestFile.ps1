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

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

if (-not $PesterPath) {
    $PesterPath = Get-ChildItem "$PSScriptRoot/ImapPS.Tests/bin/$Configuration/net10.0/pester" -Directory |
        Sort-Object { [version] $_.Name } |
        Select-Object -Last 1 -ExpandProperty FullName
}

# For the processes that tests start, too.
$env:PSModulePath = $PesterPath + [IO.Path]::PathSeparator + $env:PSModulePath
$env:IMAPPS_TEST_CONFIGURATION = $Configuration
Import-Module Pester

$run = Invoke-Pester -Configuration @{
    Run    = @{ Path = $Path; PassThru = $true }
    Output = @{ Verbosity = 'Detailed' }
}

# What a failed BeforeAll, AfterAll or discovery says is an outcome of its own: the tests in it may all have passed, or not be known.
$failures = @($run.FailedBlocks) + @($run.FailedContainers)
$results = @(
    $run.Tests | ForEach-Object { [pscustomobject] @{ Name = $_.ExpandedPath; Result = "$($_.Result)"; Error = "$($_.ErrorRecord)" } }
    $failures | Where-Object { $_.ErrorRecord } | ForEach-Object { [pscustomobject] @{ Name = "$_"; Result = 'Failed'; Error = "$($_.ErrorRecord)" } }
)
if (-not $run.Tests) { $results += [pscustomobject] @{ Name = Split-Path $Path -Leaf; Result = 'Failed'; Error = 'There is no test in it.' } }

if ($ResultPath) { ConvertTo-Json $results | Set-Content $ResultPath }
if ($results | Where-Object Result -NotIn Passed, Skipped) { exit 1 }
