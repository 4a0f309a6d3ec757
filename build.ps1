#Requires -Version 7.4

<#
.SYNOPSIS
    Builds, tests and packages ImapPS.

.DESCRIPTION
    Needs the .NET SDK that tests/Sandbox targets, and no PowerShell module. Works from any directory. Throws when anything fails.

    Build    Compiles the solution and leaves the repository's root importable: Import-Module ./ImapPS.psd1.
    Test     Builds, and runs all tests, as dotnet test does: those in C#, and tests/*.Tests.ps1 in Pester.
    Package  Builds from an empty bin, stages what a user needs in out/ImapPS/<version>, compiles that ahead for the most used
             platforms, imports it in a fresh PowerShell, and packs it as out/ImapPS.<version>.nupkg.
    Install  Publishes that package to a repository in a folder, installs it from there into a throw-away profile, and uses it by
             name against the sandbox's server. Needs a Build for the tests.
    Sbom     Writes what is in the package, in CycloneDX, as out/ImapPS.<version>.cdx.json.
    Sign     Signs the staged module, and packs it again. On Windows only.
    Analyze  Runs PSScriptAnalyzer, which must be installed, over all scripts.
    Surface  Throws if docs/public-surface changed, and CHANGELOG.md did not.

.PARAMETER Task
    What to do: Build, Test, Package, Install, Sbom, Sign, Analyze or Surface. Several tasks run in that order.

.PARAMETER AlsoTask
    More tasks: what another shell, or pwsh -File, makes of a list, which it hands over word by word.

.PARAMETER Configuration
    Debug or Release. The default is Release for Package, and Debug for everything else.

.PARAMETER CertificateThumbprint
    For Sign: the thumbprint of a certificate in Cert:\CurrentUser\My.

.PARAMETER Since
    For Surface: the commit to compare with. The default is the last released version.

.EXAMPLE
    ./build.ps1

    Builds the module, ready to import.

.EXAMPLE
    ./build.ps1 Test, Package

    Tests a debug build, then packages a release build.

.EXAMPLE
    dotnet pwsh ./build.ps1 Build, Package, Install

    The same from any shell, with the PowerShell that the repository names as its tool.

.EXAMPLE
    ./build.ps1 Package
    Register-PSResourceRepository ImapPSLocal -Uri ./out -Trusted
    Install-PSResource ImapPS -Prerelease -Repository ImapPSLocal

    Packages the module and installs it.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [string[]] $Task = 'Build',

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $AlsoTask,

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration,

    [string] $CertificateThumbprint,

    [string] $Since
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true
if (-not $PSBoundParameters.ContainsKey('InformationAction')) { $InformationPreference = 'Continue' }

# Exactly what a user needs, by pattern; a pattern that matches nothing is a mistake.
$moduleFiles = @(
    'ImapPS.psd1'
    'ImapPS.psm1'
    'LICENSE'
    'THIRD-PARTY-NOTICES.txt'
    'README.md'
    'CHANGELOG.md'
    'docs/*.md'
    'docs/pictures/*.png'
    'docs/pictures/*.svg'
    'docs/*.help.txt'
    'docs/reference/*.md'
    'examples/*.ps1'
    'examples/README.md'
    'bin/*.ps1xml'
    'bin/*.psm1'
    'bin/net8.0/*.dll'
    'bin/net8.0/dependencies/*.dll'
    'bin/net472/*.dll'
    'bin/net472/dependencies/*.dll'
    'en-US/*'
)

# What a download may cost. src/ImapPS.Images says which platforms that has room for.
$largestPackage = 20MB

function Build-Solution([string] $Configuration) {
    Write-Information "Building ($Configuration)"
    dotnet build ImapPS.sln --configuration $Configuration
}

function Test-Solution([string] $Configuration) {
    Write-Information "Testing ($Configuration)"
    dotnet test --configuration $Configuration --no-build
}

function New-Package([string] $Configuration) {
    # What an earlier build left there, such as a dependency that is none any more, must not come along.
    'bin', 'en-US', 'out/ImapPS' | Where-Object { Test-Path $_ } | Remove-Item -Recurse -Force

    Write-Information "Building the module ($Configuration)"
    dotnet build src/ImapPS/ImapPS.csproj --configuration $Configuration

    $manifest = Test-ModuleManifest ImapPS.psd1
    $stage = Join-Path $PSScriptRoot out ImapPS $manifest.Version
    Write-Information "Staging $stage"
    Copy-ModuleFile $stage
    Add-ReleaseNote $stage
    Add-Image $stage
    Test-StagedModule $stage
    Compress-StagedModule $stage
}

function Add-PackageSignature([string] $CertificateThumbprint) {
    $stage = Join-Path $PSScriptRoot out ImapPS (Test-ModuleManifest ImapPS.psd1).Version
    if (-not (Test-Path $stage)) { throw "There is no $stage to sign: run the task Package." }

    Add-Signature $stage $CertificateThumbprint
    Test-StagedModule $stage
    Compress-StagedModule $stage
}

# Of the staged files, and beside them: the images in a package are of its own code, and a build's bin has none that could be older.
function Add-Image([string] $Stage) {
    Write-Information 'Compiling ahead'
    dotnet build src/ImapPS.Images/ImapPS.Images.csproj -p:Module=$Stage
}

function Copy-ModuleFile([string] $Stage) {
    foreach ($pattern in $moduleFiles) {
        $found = @(Get-Item $pattern)
        if ($found.Count -eq 0) { throw "Nothing to package matches $pattern." }

        $folder = Join-Path $Stage (Split-Path $pattern)
        $null = New-Item $folder -ItemType Directory -Force
        $found | Copy-Item -Destination $folder
    }

    $engine = Get-ChildItem $Stage -Recurse -Filter System.Management.Automation*.dll
    if ($engine) { throw "PowerShell's own library must not ship: $engine" }
}

function Test-StagedModule([string] $Stage) {
    Write-Information 'Importing the staged module'
    # On Windows what is imported is locked until its process ends, and the next build could not replace it.
    Invoke-FreshPowerShell -Argument (Join-Path $Stage ImapPS.psd1) -Script {
        param($Path)

        $cmdlets = (Test-ModuleManifest $Path).ExportedCmdlets.Keys
        $module = Import-Module $Path -PassThru

        $missing = $cmdlets | Where-Object { -not $module.ExportedCmdlets.ContainsKey($_) }
        if ($missing) { throw "The module lacks $missing." }

        $helpless = $cmdlets | Where-Object { -not (Get-Help $_).PSObject.Properties['examples'] }
        if ($helpless) { throw "There is no help for $helpless." }
        if ((Get-Help about_ImapPS | Out-String) -notmatch 'SHORT DESCRIPTION') { throw 'There is no about_ImapPS.' }

        # An error of the module's own, from as far down as MailKit: its dependencies load.
        $nobody = [pscredential]::new('nobody', [securestring]::new())
        try { Connect-Imap 127.0.0.1 -Port 1 -Credential $nobody }
        catch { if ($_.FullyQualifiedErrorId -ne 'ConnectionFailed,ImapPS.Commands.ConnectImapCommand') { throw } }
    }
}

function Compress-StagedModule([string] $Stage) {
    $manifest = Test-ModuleManifest (Join-Path $Stage ImapPS.psd1)
    $cmdlets = $manifest.ExportedCmdlets.Keys
    $version = Get-PackageVersion

    # The tags by which PowerShell's repositories tell a module from a script, and find it by its commands.
    $tags = @(
        $manifest.Tags
        'PSModule'
        'PSIncludes_Cmdlet'
        $cmdlets | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" }
    )

    $nuspec = [xml] @"
<package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
  <metadata>
    <id>ImapPS</id>
    <version>$version</version>
    <authors />
    <description />
    <copyright />
    <licenseUrl />
    <projectUrl />
    <iconUrl />
    <releaseNotes />
    <tags />
    <readme>README.md</readme>
    <icon>docs/pictures/icon.png</icon>
  </metadata>
  <files>
    <file src="ImapPS/$($manifest.Version)/**" target="" />
  </files>
</package>
"@
    $metadata = $nuspec.package.metadata
    $metadata.authors = $manifest.Author
    $metadata.description = $manifest.Description
    $metadata.copyright = $manifest.Copyright
    $metadata.licenseUrl = [string] $manifest.LicenseUri
    $metadata.projectUrl = [string] $manifest.ProjectUri
    $metadata.iconUrl = [string] $manifest.IconUri
    $metadata.releaseNotes = $manifest.ReleaseNotes
    $metadata.tags = $tags -join ' '

    $path = Join-Path $PSScriptRoot out ImapPS.nuspec
    $nuspec.Save($path)
    try {
        # NuGet warns of each assembly that is not in lib, where a module's are not meant to be, and of licenseUrl and iconUrl, which
        # PowerShell's repositories still read.
        dotnet pack $path --output out 2>&1 | ForEach-Object {
            if ($_ -match "'lib'|'licenseUrl'|'iconUrl'") { Write-Verbose $_ } else { Write-Information $_ }
        }
    }
    finally {
        Remove-Item $path
    }

    $package = Get-Item "out/ImapPS.$version.nupkg"
    Write-Information "$package has $([math]::Round($package.Length / 1MB, 1)) MB"
    if ($package.Length -ge $largestPackage) { throw "$package has $($package.Length) octets, the limit is $largestPackage." }
}

function Test-Installation([string] $Configuration) {
    $package = Join-Path $PSScriptRoot out "ImapPS.$(Get-PackageVersion).nupkg"
    if (-not (Test-Path $package)) { throw "There is no $package to install: run the task Package." }

    Write-Information "Installing $package"
    Invoke-FreshPowerShell -Argument $Configuration -Script {
        param($Configuration)

        $tests = './tests/Installation/Installation.Tests.ps1'
        ./tests/Invoke-TestFile.ps1 $tests -Configuration $Configuration -ResultPath ./out/installation.json
    }
}

$known = 'Build', 'Test', 'Package', 'Install', 'Sbom', 'Sign', 'Analyze', 'Surface'
$tasks = @($Task) + @($AlsoTask) -split '[,\s]+' | Where-Object { $_ }
foreach ($name in $tasks) {
    if ($name -notin $known) { throw "'$name' is no task; the tasks are $($known -join ', ')." }
}

Push-Location $PSScriptRoot
try {
    . $PSScriptRoot/tests/FreshPowerShell.ps1
    . $PSScriptRoot/build/Release.ps1
    . $PSScriptRoot/build/Quality.ps1
    $testConfiguration = $Configuration ? $Configuration : 'Debug'
    $packageConfiguration = $Configuration ? $Configuration : 'Release'

    if ($tasks -contains 'Build' -or $tasks -contains 'Test') { Build-Solution $testConfiguration }
    if ($tasks -contains 'Test') { Test-Solution $testConfiguration }
    if ($tasks -contains 'Package') { New-Package $packageConfiguration }
    if ($tasks -contains 'Install') { Test-Installation $testConfiguration }
    if ($tasks -contains 'Sbom') { New-Sbom }
    if ($tasks -contains 'Sign') { Add-PackageSignature $CertificateThumbprint }
    if ($tasks -contains 'Analyze') { Test-Script }
    if ($tasks -contains 'Surface') { Test-Surface $Since }
}
finally {
    Pop-Location
}
