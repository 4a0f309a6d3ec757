# Connect once; every command below uses this session. STARTTLS is required by itself, and the certificate is pinned.
$session = Connect-Imap $Sandbox.Server -Port $Sandbox.Port -Credential $Sandbox.Credential -CertificateThumbprint $Sandbox.Thumbprint
$session

# The folders, with what is in them.
Get-ImapFolder

# A listing goes from the oldest message to the newest; -First spares the server the rest.
Get-ImapMessage -First 10

# Everything is an object: sort it, filter it, pick from it.
Get-ImapFolder | Sort-Object Size -Descending | Select-Object -First 3 -Property Path, MessageCount, Size

# Plain text means "contains", and the server searches.
Get-ImapMessage INBOX -From billing@ -OlderThan 365

# Dates are exact to the instant, whatever IMAP's day-wise search makes of them.
Get-ImapMessage INBOX -Since ([datetime]::UtcNow.AddDays(-3)) -Before ([datetime]::UtcNow.AddHours(-1))

# Wildcards match the whole decoded subject, in any script.
Get-ImapMessage INBOX -Subject '*Weekly Ladle #21?*' -Unread

# One wildcard, several folders.
Get-ImapMessage 'Lists/*' -Unread

# The script block that Where-Object takes; the server answers what it can of it, and sends no more than that.
Get-ImapMessage -Filter { $_.From -like '*@ops.example.org' -and -not $_.IsRead -or $_.Subject -match '^Confirm' }

# The largest first, or the last that came, with their first words.
Get-ImapMessage -SortBy Size -Descending -First 3
Get-ImapMessage -Newest 2 -Include Preview | Format-List Received, Subject, Preview

# What a message says: text, links, and the code that it was sent for.
$mail = Get-ImapMessage -Subject Confirm | Get-ImapMessageContent
$mail
$mail.Codes

# Files: the messages as the server has them, and what is attached, under names that are safe.
$files = [IO.Path]::Combine([IO.Path]::GetTempPath(), 'imapps-tour', [guid]::NewGuid())
Get-ImapMessage -From grace@ | Save-ImapMessage $files -PassThru | ForEach-Object Name
Get-ImapMessage -Newest 10 | Save-ImapAttachment $files -Name *.pdf, *.csv -PassThru | ForEach-Object Name
[IO.Directory]::Delete($files, $true)

# -WhatIf searches for real, touches nothing, and names each message.
Get-ImapMessage INBOX -From billing@ -OlderThan 730 | Move-ImapMessage Archive/2025 -WhatIf

# Now move them. -PassThru emits the messages as they are now, with their new folder and UID.
$moved = Get-ImapMessage INBOX -From billing@ -OlderThan 730 | Move-ImapMessage Archive/2025 -PassThru
$moved

# So that moving them again undoes it.
$moved | Move-ImapMessage INBOX

# A limit keeps a slip of the hand from becoming a disaster: more than that, and nothing at all is touched.
try { Get-ImapMessage INBOX | Move-ImapMessage Trash -MaxMessages 10 } catch { $_ }

# Mistakes say what happened, and what to do.
Get-ImapMessage NoSuchFolder

# Goodbye.
Disconnect-Imap
