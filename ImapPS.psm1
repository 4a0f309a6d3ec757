# The library for this edition of PowerShell, and before it its loader, which finds what the library needs.
$folder = "$PSScriptRoot/bin/$(if ($PSEdition -eq 'Desktop') { 'net472' } else { 'net8.0' })"
Microsoft.PowerShell.Core\Import-Module "$folder/ImapPS.Loader.dll", "$folder/ImapPS.dll" -ErrorAction Stop
