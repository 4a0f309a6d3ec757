# A console's first command: import, connect, search, ten messages, a table. It prints the seconds of each part.
$ErrorActionPreference = 'Stop'
$watch = [Diagnostics.Stopwatch]::StartNew()
function Part([string] $name) {
    'part {0} {1:F4}' -f $name, $watch.Elapsed.TotalSeconds
    $watch.Restart()
}

Import-Module (Join-Path $env:BENCH_ROOT ImapPS.psd1)
Part import
$credential = [pscredential]::new($env:BENCH_USER, (ConvertTo-SecureString $env:BENCH_PASSWORD -AsPlainText))
$null = Connect-Imap $env:BENCH_HOST -Port $env:BENCH_PORT -Security None -AllowPlaintext -Credential $credential
Part connect
$messages = Get-ImapMessage $env:BENCH_FOLDERS -Subject '*invoice*' -First 10
Part search
$messages | Format-Table | Out-String
Part table
if ($env:BENCH_AGAIN) {
    $null = Get-ImapMessage $env:BENCH_FOLDERS -Subject '*invoice*' -First 10
    Part again
}
