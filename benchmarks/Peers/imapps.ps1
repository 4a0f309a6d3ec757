# Does a row's work with ImapPS, and prints the seconds of each pass. The settings are in the environment: see Tools/WorkOrder.cs.
$ErrorActionPreference = 'Stop'
Import-Module (Join-Path $env:BENCH_ROOT ImapPS.psd1)
$credential = [pscredential]::new($env:BENCH_USER, (ConvertTo-SecureString $env:BENCH_PASSWORD -AsPlainText))
$connection = @{ Server = $env:BENCH_HOST; Port = $env:BENCH_PORT; Security = 'None'; AllowPlaintext = $true; Credential = $credential }
$null = Connect-Imap @connection
$folders = -split $env:BENCH_FOLDERS
$targets = -split $env:BENCH_TARGETS

for ($pass = 0; $pass -lt $folders.Count; $pass++) {
    $folder = $folders[$pass]
    $target = $targets[$pass]
    $watch = [Diagnostics.Stopwatch]::StartNew()
    switch ($env:BENCH_WORK) {
        list { Get-ImapMessage $folder | Out-Null }
        read { Get-ImapMessage $folder | & { process { $null = $_.From; $null = $_.Subject; $null = $_.Date } } }
        measure { Measure-ImapFolder $folder -By Sender | Out-Null }
        save { Get-ImapMessage $folder | Save-ImapMessage $target -NameTemplate '{Uid}' }
        import { Import-ImapMessage $target "$env:BENCH_DIRECTORY/*.eml" }
        move { Get-ImapMessage $folder -Subject $env:BENCH_SUBJECT | Move-ImapMessage $target }
        flag { Get-ImapMessage $folder -Subject $env:BENCH_SUBJECT | Set-ImapMessage -Flagged }
    }
    'pass {0:F4}' -f $watch.Elapsed.TotalSeconds
}

Disconnect-Imap
