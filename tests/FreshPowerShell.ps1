<#
    A PowerShell of its own, of the kind that runs this: for what a session can do only once, and for what a process keeps until it
    ends, as the libraries that it has loaded. To be dot-sourced, so that the caller's preferences hold.
#>

# Runs a script with its arguments, which are text, and emits what it prints.
function Invoke-FreshPowerShell([scriptblock] $Script, [string[]] $Argument) {
    # As a .NET tool, PowerShell is a library that dotnet runs.
    $program = [Environment]::ProcessPath
    $library = @(if ([IO.Path]::GetFileNameWithoutExtension($program) -eq 'dotnet') { Join-Path $PSHOME pwsh.dll })

    $quoted = foreach ($text in $Argument) { "'$($text.Replace("'", "''"))'" }
    & $program @library -NoProfile -NonInteractive -Command "`$ErrorActionPreference = 'Stop'; & { $Script } $quoted"
}
