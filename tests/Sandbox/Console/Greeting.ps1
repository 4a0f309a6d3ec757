# Greets whoever starts `dotnet run --project tests/Sandbox -- console`.
param([switch] $NoConnect)

. $PSScriptRoot/Console.ps1
$connect = 'Connect-Imap $Sandbox.Server -Port $Sandbox.Port -CertificateThumbprint $Sandbox.Thumbprint'
$issuer = $Sandbox.PSObject.Properties['Issuer']
''
"A disposable mail server runs on this machine, with some sixty messages for $($Sandbox.UserName)."
'Nothing here can harm a real mailbox. `exit` ends the console, and the server.'
''
if ($issuer) {
    'Connect first, with an access token of the authorization server beside it. Open the address that is shown, and enter the code'
    'there. Nobody asks for a password: you are alice.'
    ''
    "    $connect ``"
    '        -OAuth $Sandbox.Issuer -ClientId imapps -DeviceCode'
    ''
    'And then:'
}
elseif ($NoConnect) {
    "Connect first. The user is $($Sandbox.UserName), and the password is in `$Sandbox.Password ($($Sandbox.Password)):"
    ''
    "    $connect"
}
else {
    $null = Connect-Imap $Sandbox.Server -Port $Sandbox.Port -CertificateThumbprint $Sandbox.Thumbprint -Credential $Sandbox.Credential
    'You are connected. Try:'
}
''
'    Get-ImapFolder'
'    Get-ImapMessage -Unread'
'    Get-ImapMessage -Subject Confirm | Get-ImapMessageContent'
'    Get-ImapMessage -From billing@ -OlderThan 365 | Move-ImapMessage Archive -WhatIf'
'    Get-Command -Module ImapPS'
'    Get-Help Move-ImapMessage -Examples'
''
Remove-Variable NoConnect, connect, issuer
