<#
    What build.ps1 does for a package beyond its files: version, release notes, signatures, bill of materials. To be dot-sourced, with the
    repository's root as the current location.
#>

# What a manifest may hold of a changelog: the PowerShell Gallery shows it beside the package.
$longestNotes = 10000

# A package is called 1.0.0-rc1, and the folder of an installed module 1.0.0.
function Get-PackageVersion {
    $manifest = Import-PowerShellDataFile ImapPS.psd1
    $prerelease = $manifest.PrivateData.PSData['Prerelease']
    $prerelease ? "$($manifest.ModuleVersion)-$prerelease" : $manifest.ModuleVersion
}

# What the changelog says of the version or, before its section is closed, of what is unreleased; and where the rest is.
function Get-ReleaseNote([string] $ProjectUri) {
    $sections = [regex]::Split((Get-Content CHANGELOG.md -Raw), '(?m)^(?=## \[)')
    $headings = "## [$(Get-PackageVersion)]", '## [Unreleased]'
    $section = $headings | ForEach-Object { $heading = $_; $sections | Where-Object { $_.StartsWith($heading) } } | Select-Object -First 1
    if (-not $section) { throw "CHANGELOG.md has neither of the sections $($headings -join ' and ')." }

    $text = ($section -replace '\A## .*\n').Trim()
    if ($text.Length -gt $longestNotes) { $text = $text.Substring(0, $text.LastIndexOf("`n", $longestNotes)).TrimEnd() + "`n`nAnd more." }
    "$text`n`nAll changes: $ProjectUri/blob/main/CHANGELOG.md"
}

# Into the manifest of a staged module: in the repository, a link stands there. Windows PowerShell takes a file without a mark for ANSI.
function Add-ReleaseNote([string] $Stage) {
    $path = Join-Path $Stage ImapPS.psd1
    $line = [regex] "(?m)^(?<name>\s*ReleaseNotes\s*=\s*)'[^']*'"
    $manifest = Get-Content $path -Raw
    if ($line.Matches($manifest).Count -ne 1) { throw 'The manifest must have one line with ReleaseNotes.' }

    $notes = Get-ReleaseNote (Import-PowerShellDataFile $path).PrivateData.PSData.ProjectUri
    if ($notes -match "(?m)^'@") { throw 'The release notes would end their own text.' }

    $line.Replace($manifest, { param($match) "$($match.Groups['name'].Value)@'`n$notes`n'@" }) | Set-Content $path -Encoding utf8BOM -NoNewline
}

# Signs what is the module's own, and what was compiled ahead out of others' code, which has lost their signature.
function Add-Signature([string] $Stage, [string] $CertificateThumbprint) {
    if (-not (Get-Command Set-AuthenticodeSignature -ErrorAction Ignore)) { throw 'Only Windows can sign: there is no Set-AuthenticodeSignature here.' }
    if (-not $CertificateThumbprint) { throw '-CertificateThumbprint must name a certificate in Cert:\CurrentUser\My.' }

    $certificate = Get-Item "Cert:\CurrentUser\My\$CertificateThumbprint"
    $files = Get-ChildItem $Stage -Recurse -File | Where-Object {
        $_.Extension -in '.ps1', '.psm1', '.psd1', '.ps1xml' -or $_.Name -like 'ImapPS*.dll' -or
            ($_.Extension -eq '.dll' -and $_.FullName -match '[\\/]bin[\\/]net\d+\.0-')
    }
    foreach ($file in $files) {
        $signature = Set-AuthenticodeSignature $file $certificate -HashAlgorithm SHA256 -TimestampServer http://timestamp.digicert.com
        if ($signature.Status -ne 'Valid') { throw "$file could not be signed: $($signature.StatusMessage)" }
    }
    Write-Information "Signed $(@($files).Count) files"
}

# What is in the package, in CycloneDX: every library with its version, license and hash. What only builds it is not in it.
function New-Sbom {
    $version = Get-PackageVersion
    $name = "ImapPS.$version.cdx.json"
    $builders = @(
        'PowerShellStandard.Library', 'System.Reflection.MetadataLoadContext'
        'Microsoft.NETFramework.ReferenceAssemblies', 'Microsoft.NETFramework.ReferenceAssemblies.net472'
    )
    Write-Information "Writing out/$name"
    dotnet restore src/ImapPS/ImapPS.csproj
    $options = @(
        '--recursive', '--exclude-dev', '--exclude-filter', ($builders -join ','), '--disable-package-restore', '--spec-version', '1.6'
        '--set-name', 'ImapPS', '--set-version', $version, '--set-type', 'Library'
        '--output', 'out', '--filename', $name, '--output-format', 'Json'
    )
    dotnet CycloneDX src/ImapPS/ImapPS.csproj @options

    $parts = (Get-Content "out/$name" -Raw | ConvertFrom-Json).components.name
    $libraries = (Get-Item bin/*/dependencies/*.dll).BaseName | Sort-Object -Unique | Where-Object { $_ -notlike 'ImapPS.*' }
    $missing = $libraries | Where-Object { $_ -notin $parts -and "$_.Core" -notin $parts }
    if (-not $libraries -or $missing) { throw "The bill of materials lacks $($missing -join ', '): run the task Build or Package before." }
}
