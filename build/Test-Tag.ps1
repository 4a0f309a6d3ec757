#Requires -Version 7.4

<#
.SYNOPSIS
    Throws unless a tag is that of the version in the manifest: v1.0.0-rc1 for 1.0.0 and rc1.
#>
param(
    [Parameter(Mandatory)]
    [string] $Tag
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

Push-Location (Split-Path $PSScriptRoot)
try {
    . $PSScriptRoot/Release.ps1
    $expected = "v$(Get-PackageVersion)"
    if ($Tag -cne $expected) { throw "The tag is $Tag, but the manifest says $expected." }

    if ((Get-Content CHANGELOG.md -Raw) -notmatch "(?m)^## \[$([regex]::Escape($Tag.Substring(1)))\]") { throw "CHANGELOG.md has no section for $Tag." }
}
finally {
    Pop-Location
}
