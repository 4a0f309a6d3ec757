# What of a Markdown page is to be typed, and what its comments say of that. Invoke-Page.ps1 tells the comments.

# The blocks of PowerShell, and the statements behind prompts: Line, Code, Setup, Reason (why it is not run), Errors (which are to come).
function Read-Page([string] $Path) {
    $lines = @(Get-Content $Path)
    $notes = @()
    for ($i = 0; $i -lt $lines.Count; $i++) {
        if ($lines[$i] -match '^<!-- test: ') {
            $first = $i
            while ($lines[$i] -notmatch '-->\s*$') { $i++ }
            $notes += ($lines[$first..$i] -join "`n") -replace '^<!-- test: ' -replace '\s*-->\s*$'
        }
        elseif ($lines[$i] -match '^```(?<language>\w*)') {
            $language = $Matches.language
            $first = ++$i
            while ($lines[$i] -notmatch '^```') { $i++ }
            $block = @($lines | Select-Object -Skip $first -First ($i - $first))
            if ($language -eq 'powershell') { New-PageBlock ($first + 1) ($block -join "`n") $notes }
            elseif ($block -match '^PS> ') { Read-Transcript ($first + 1) $block $notes }
            $notes = @()
        }
        elseif ($lines[$i].Trim()) { $notes = @() }
    }
}

# The statements of a block as a console shows it, each with what came of it there.
function Read-Transcript([int] $Line, [string[]] $Block, [string[]] $Note) {
    for ($i = 0; $i -lt $Block.Count; $i++) {
        if ($Block[$i] -notmatch '^PS> ') { continue }
        $first = $i
        $statement = $Block[$i].Substring(4)
        while ($i + 1 -lt $Block.Count -and $Block[$i + 1] -match '^>> ') { $statement += "`n" + $Block[++$i].Substring(3) }
        $shown = @($Block | Select-Object -Skip ($i + 1)) -join "`n" -split '(?m)^PS> ' | Select-Object -First 1
        $expected = if ($shown -cmatch '(?m)^[A-Z][a-z]+-\w+: ') { 'error: any' }
        New-PageBlock ($Line + $first) $statement (@($expected) + $Note)
        $Note = @($Note) -match '^not run: '
    }
}

function New-PageBlock([int] $Line, [string] $Code, [string[]] $Note) {
    $said = @{ setup = ''; 'not run' = ''; error = '' }
    foreach ($one in $Note | Where-Object { $_ }) {
        $kind, $text = $one -split ':\s*', 2
        if (-not $said.ContainsKey($kind) -or -not $text) { throw "Line $Line is after a comment that cannot be read: $one" }
        $said[$kind] = $text
    }

    # What installs the module needs a gallery, or a package.
    if ($Code -match '^(git clone|Install-PSResource|Register-PSResourceRepository) ') { $said.'not run' = 'build.ps1 Install does it' }

    @{
        Line   = $Line
        Code   = $Code
        Setup  = $said.setup
        Reason = $said.'not run'
        Errors = @($said.error -split ',\s*' | Where-Object { $_ })
    }
}

# Whether the errors that came are those that were to come.
function Test-PageError([string[]] $Expected, [object[]] $Actual) {
    $ids = @($Actual | ForEach-Object { "$($_.FullyQualifiedErrorId)".Split(',')[0] })
    if ($Expected -eq 'any') { return $ids.Count -gt 0 }
    -not (Compare-Object @($Expected | Sort-Object -Unique) @($ids | Sort-Object -Unique))
}
