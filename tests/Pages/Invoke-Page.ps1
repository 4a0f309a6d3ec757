#Requires -Version 7.4

<#
.SYNOPSIS
    Runs what a page tells its reader to type.

.DESCRIPTION
    Runs each block of PowerShell of a Markdown page, and each statement behind a prompt (PS>), from top to bottom, in this process, in the
    global scope and in a directory of its own, as a reader would who types all of it. Servers of the page are the sandbox's. For each block
    it returns an object.

    A comment on a line of its own before a block says what the block alone does not:

    <!-- test: not run: reason -->     It cannot be run here. Its syntax is tested all the same.
    <!-- test: setup: statements -->   What a reader has, or has done, before it.
    <!-- test: error: Id, Id -->       These errors come, and they have to.

    A statement behind a prompt is to end in an error if the page shows one below it. What else it prints is not compared.

    dotnet test runs every page of docs, and README.md, by this.

.PARAMETER Path
    The page.

.PARAMETER ResultPath
    Where to write the results as JSON as well.

.PARAMETER Installed
    Takes the module that is installed, and not the one of the repository.
#>
param(
    [Parameter(Mandatory, Position = 0)]
    [string] $Path,

    [string] $ResultPath,

    [switch] $Installed
)

# A page's statements run among these variables: their names begin with Page, as those of no page do.
$Page = @{
    Root       = Split-Path (Split-Path $PSScriptRoot)
    Path       = (Resolve-Path $Path).Path
    ResultPath = $ResultPath
    Directory  = (New-Item (Join-Path ([IO.Path]::GetTempPath()) "imapps-page-$([guid]::NewGuid())") -ItemType Directory).FullName
}
Import-Module ($Installed ? 'ImapPS' : "$($Page.Root)/ImapPS.psd1") -ErrorAction Stop
. $PSScriptRoot/Read-Page.ps1
. $PSScriptRoot/StandIns.ps1
Remove-Variable Path, ResultPath, Installed

$PageBlocks = @(Read-Page $Page.Path)
Push-Location $Page.Directory
$PageResults = foreach ($PageBlock in $PageBlocks) {
    $PageBlock.Said = [Collections.Generic.List[object]]::new()
    if (-not $PageBlock.Reason) {
        try {
            # A page may end a session in one place, and go on in another.
            if (-not (Get-ImapSession | Where-Object IsDefault)) { $null = Connect-Imap mail.example.org }
            if ($PageBlock.Setup) { . ([scriptblock]::Create($PageBlock.Setup)) | Out-Null }
            . ([scriptblock]::Create($PageBlock.Code)) *>&1 | ForEach-Object { $PageBlock.Said.Add($_) }
        }
        catch { $PageBlock.Said.Add($_) }
    }

    # What it shows has to be shown, too.
    $PageShown = try { $PageBlock.Said | Out-String } catch { $PageBlock.Said.Add($_) }
    $PageErrors = @($PageBlock.Said | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
    [pscustomobject] @{
        Line      = $PageBlock.Line
        Code      = $PageBlock.Code
        Reason    = $PageBlock.Reason
        Succeeded = Test-PageError $PageBlock.Errors $PageErrors
        Expected  = $PageBlock.Errors
        Errors    = @($PageErrors | ForEach-Object { "$($_.FullyQualifiedErrorId): $_" })
        Shown     = "$PageShown".Length -gt 2000 ? "$PageShown".Substring(0, 2000) : "$PageShown"
    }
}
Pop-Location
Get-ImapSession | Disconnect-Imap
Remove-Item $Page.Directory -Recurse -Force

if ($Page.ResultPath) { ConvertTo-Json @($PageResults) -Depth 3 | Set-Content $Page.ResultPath }
else { $PageResults }
