<#
    What build.ps1 checks beside the tests: the scripts, by PSScriptAnalyzer, and that a change of the public surface is told. To be
    dot-sourced, with the repository's root as the current location.
#>

# The lists that tests/ImapPS.Tests/Module/SurfaceTests.cs holds.
$surface = 'docs/public-surface'

function Test-Script {
    if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) { throw 'PSScriptAnalyzer is not installed: Install-PSResource PSScriptAnalyzer' }

    $scripts = git ls-files -- '*.ps1' '*.psm1' '*.psd1'
    Write-Information "Analyzing $($scripts.Count) scripts"
    $findings = foreach ($script in $scripts) {
        # What Windows PowerShell reads, too, has further rules.
        $settings = $script -match '^(ImapPS\.psm1$|src/|tests/Installation/Use-Package\.ps1$)' ? 'build/Windows.ScriptAnalyzer.psd1' : 'PSScriptAnalyzerSettings.psd1'
        Invoke-ScriptAnalyzer $script -Settings $settings
    }
    $findings | ForEach-Object { Write-Information "$($_.ScriptPath):$($_.Line) $($_.Severity) $($_.RuleName): $($_.Message)" }
    if ($findings) { throw "PSScriptAnalyzer has $(@($findings).Count) findings." }
}

# A changed list needs a line more in the changelog. Without a commit to compare with, it is the last release.
function Test-Surface([string] $Since) {
    if (-not $Since) { $Since = "$(git tag --list 'v*' --merged HEAD --sort -creatordate | Select-Object -First 1)" }
    if (-not $Since) {
        Write-Information 'Nothing was released yet: the public surface has nothing to be compared with.'
        return
    }

    $changed = @(git diff --name-only $Since -- $surface)
    if (-not $changed) {
        Write-Information "The public surface is that of $Since."
        return
    }

    # A heading alone says nothing: a release adds one.
    $told = git diff --unified=0 $Since -- CHANGELOG.md | Where-Object { $_ -match '^\+(?!\+\+ )\s*[^\s#]' }
    if (-not $told) { throw "$($changed -join ', ') changed since $Since, and CHANGELOG.md says nothing about it: write a line under Unreleased." }

    Write-Information "The public surface changed since $Since, and so did CHANGELOG.md."
}
