# The library for this edition of PowerShell, compiled ahead for this .NET and platform if the module has that, and before it its loader,
# which finds what the library needs.
$folder = "$PSScriptRoot/bin/$(if ($PSEdition -eq 'Desktop') { 'net472' } else { 'net8.0' })"
if ($PSEdition -ne 'Desktop') {
    $platform = [System.Runtime.InteropServices.RuntimeInformation]::RuntimeIdentifier
    $compiled = "$PSScriptRoot/bin/net$([System.Environment]::Version.Major).0-$platform"
    if ([System.IO.File]::Exists("$compiled/ImapPS.dll")) { $folder = $compiled }
}

Microsoft.PowerShell.Core\Import-Module "$folder/ImapPS.Loader.dll", "$folder/ImapPS.dll" -ErrorAction Stop
