# What the pages take for granted: servers that are the sandbox's, an application that sends mail, secrets, files.

# IMAPPS_SANDBOX is $Sandbox as JSON, and IMAPPS_SANDBOX_OTHER the same for the mailbox of servers below example.net.
$global:Sandbox = $env:IMAPPS_SANDBOX | ConvertFrom-Json
$Page.Other = ($env:IMAPPS_SANDBOX_OTHER ?? $env:IMAPPS_SANDBOX) | ConvertFrom-Json
foreach ($PageAccess in $Sandbox, $Page.Other) {
    $PageSecret = ConvertTo-SecureString $PageAccess.Password -AsPlainText
    $PageAccess | Add-Member Credential ([pscredential]::new($PageAccess.UserName, $PageSecret))
}

# These bind as the cmdlets do, and go to the sandbox whatever server and login the page has.
foreach ($PageName in 'Connect-Imap', 'Use-ImapSession', 'Test-ImapConnection') {
    $PageCmdlet = [Management.Automation.CommandMetadata] (Get-Command $PageName -CommandType Cmdlet)
    $PageBinding = [Management.Automation.ProxyCommand]::GetCmdletBindingAttribute($PageCmdlet)

    # A name in place of a credential would ask for the password before anything could be put in its place.
    $PageParameters = [Management.Automation.ProxyCommand]::GetParamBlock($PageCmdlet) -replace '\[pscredential\]' `
        -replace '(?m)^\s*\[[\w.]*Credential\w*(Attribute)?\(\)\]'
    Set-Item "Function:global:$PageName" ([scriptblock]::Create("$PageBinding param($PageParameters)" + @'

        $access = "$Server" -match 'example\.net|^new\.' ? $Page.Other : $Sandbox
        foreach ($name in 'OAuth', 'ClientId', 'TenantId', 'DeviceCode', 'ClientSecret', 'ClientCertificate', 'RefreshToken', 'AccessToken',
            'UserName', 'AuthorizationId', 'Certificate', 'CertificatePassword', 'CertificateAuthority', 'Mechanism', 'Proxy',
            'ProxyCredential', 'NoProxy', 'SkipCertificateCheck', 'AllowPlaintext', 'DnsServer') {
            $null = $PSBoundParameters.Remove($name)
        }

        $PSBoundParameters.Server = $access.Server
        $PSBoundParameters.Port = $access.TlsPort ?? $access.Port
        $PSBoundParameters.Security = $access.TlsPort ? 'Tls' : 'Auto'
        $PSBoundParameters.Credential = $access.Credential
        if ($access.Thumbprint) { $PSBoundParameters.CertificateThumbprint = $access.Thumbprint }
        & "ImapPS\$($MyInvocation.MyCommand.Name)" @PSBoundParameters
'@))
}

# The application that signs up whoever it is told of.
function global:Invoke-RestMethod {
    param($Uri, $Method, $Body)

    $lines = 'From: Example App <no-reply@app.example>', "To: $($Body.mail)", 'Subject: Confirm your address',
        "Date: $(Get-Date -Format r)", '', 'Welcome! Your code is 481 516.', 'Or open https://app.example/confirm?token=93f2c7', ''
    $null = Import-ImapMessage INBOX -Content ($lines -join "`r`n")
}

function global:Get-Credential { $Sandbox.Credential }
function global:Read-Host { ConvertTo-SecureString secret -AsPlainText }
function global:Get-Secret { ConvertTo-SecureString secret -AsPlainText }
function global:Set-Secret { }
function global:Get-ImapAccessToken { [pscustomobject] @{ AccessToken = Get-Secret; RefreshToken = Get-Secret } }
function global:Invoke-Item { }

$secret = Get-Secret
$credential = $master = $proxyCredential = $Sandbox.Credential
$clientId = $objectId = $tenant = 'test'
$thumbprint = $Sandbox.Thumbprint
$user = [pscustomobject] @{ mail = 'alice@example.org' }
$address = 'app+4f1c@example.test'

# A reader's files.
Push-Location $Page.Directory
$null = New-Item mail, out, examples, ~/Maildir/cur, ~/Maildir/new, ~/Maildir/tmp -ItemType Directory -Force
Copy-Item "$($Page.Root)/examples/*.ps1" examples
Set-Content accounts.csv 'User', 'alice', 'bob'
Set-Content users.txt 'alice'
'mail/1.eml', 'out/1.eml' | ForEach-Object { Set-Content $_ 'Subject: file', 'Message-ID: <file@example.org>', '', 'Hello.' }
Pop-Location

$Page.Text = Get-Content $Page.Path -Raw
if ($Page.Text -match 'Should -') {
    Import-Module Pester -ErrorAction Stop
    Import-Module "$((Get-Module ImapPS).ModuleBase)/bin/ImapPS.Pester.psm1" -ErrorAction Stop
}

if ($Page.Text -match '-Session new' -and $Page.Text -notmatch '-Name new') { $null = Connect-Imap mail.example.net -Name new }
