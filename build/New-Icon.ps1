#Requires -Version 7.4

<#
.SYNOPSIS
    Draws docs/pictures/icon.svg, and docs/pictures/icon.png from it: an envelope with a prompt on it.

.DESCRIPTION
    Needs rsvg-convert, of Debian's package librsvg2-bin.
#>
param(
    # The width and height of the PNG in pixels.
    [ValidateRange(32, 1024)]
    [int] $Size = 128
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$blue, $dark, $paper = '#2f6fb3', '#1c3f66', '#ffffff'
$picture = @"
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" role="img" aria-label="ImapPS">
  <rect width="64" height="64" rx="12" fill="$blue"/>
  <rect x="9" y="16" width="46" height="33" rx="3.5" fill="$paper"/>
  <path d="M10.5 18.5 32 34.5 53.5 18.5" fill="none" stroke="$blue" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/>
  <path d="M15 36l5 4-5 4M24 44h9" fill="none" stroke="$dark" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round"/>
</svg>

"@

$folder = Join-Path (Split-Path $PSScriptRoot) docs pictures
Set-Content (Join-Path $folder icon.svg) $picture -NoNewline
rsvg-convert --width $Size --height $Size --output (Join-Path $folder icon.png) (Join-Path $folder icon.svg)
