# What a console of the sandbox begins with: $Sandbox, as scripts find it there, and the module.
$Sandbox = $env:IMAPPS_SANDBOX | ConvertFrom-Json
$env:IMAPPS_SANDBOX = $null
$Sandbox | Add-Member Credential ([pscredential]::new($Sandbox.UserName, (ConvertTo-SecureString $Sandbox.Password -AsPlainText -Force)))
Import-Module $PSScriptRoot/../../../ImapPS.psd1
