namespace ImapPS.Tests.Servers;

/// <summary>The forty statements, in their order: those that change something come after those that look at it.</summary>
public static class Statements
{
    public static IReadOnlyList<Statement> All { get; } =
    [
        new("Connect", "(Connect-Imap 127.0.0.1 -Port $port -Security None -AllowPlaintext -Credential $credential "
            + "-RetryCount 0 -ProtocolLogPath $log).State", "Open"),

        new("List folders with their counts",
            "Get-ImapFolder INBOX | ForEach-Object { \"$($_.MessageCount) messages\"; \"$($_.UnreadCount) unread\" "
            + "}", "6 messages, 5 unread"),
        new("Find a folder by its role", "(Get-ImapFolder -SpecialUse Trash).Name", "Trash"),
        new("Create a folder", "$null = New-ImapFolder \"${p}Projects\"; (Get-ImapFolder \"${p}Projects\").Name", "Projects"),
        new("Create a folder, without the namespace's prefix", "$null = New-ImapFolder Plain; @(Get-ImapFolder *Plain).Name", "Plain"),
        new("Create a folder and those above it",
            "$null = New-ImapFolder \"${p}Above${d}Middle${d}Below\"; (Get-ImapFolder \"${p}Above*\").Name", "Above, Middle, Below"),
        new("Create a folder with letters beyond ASCII", "$null = New-ImapFolder \"${p}Entwürfe\"; (Get-ImapFolder \"${p}Entw*\").Name",
            "Entwürfe"),
        new("Rename a folder", "Rename-ImapFolder \"${p}Before\" After; (Get-ImapFolder \"${p}Before*\", \"${p}After*\").Name", "After"),
        new("Remove a folder", "Remove-ImapFolder \"${p}Gone\" -Force; @(Get-ImapFolder \"${p}Gon*\").Count", "0"),
        new("Subscribe to a folder",
            "Set-ImapFolder \"${p}Copies\" -Subscribed $true; (Get-ImapFolder -Subscribed).Name -contains 'Copies'", "True"),
        new("List INBOX among the subscribed folders",
            "Set-ImapFolder INBOX -Subscribed $true; (Get-ImapFolder -Subscribed).Path -contains 'INBOX'", "True"),

        new("List messages", "(Get-ImapMessage INBOX).Subject",
            "Invoice one, Zwölf Berichte, Big picture, Re: Invoice one, Superfluous, Rubbish"),
        new("-Subject with a text", "(Get-ImapMessage INBOX -Subject 'invoice').Subject", "Invoice one, Re: Invoice one"),
        new("-Subject with letters beyond ASCII", "(Get-ImapMessage INBOX -Subject 'Zwölf').Subject", "Zwölf Berichte"),
        new("-Subject with a wildcard", "(Get-ImapMessage INBOX -Subject 'Inv*one').Subject", "Invoice one"),
        new("-From with a piece of the address", "(Get-ImapMessage INBOX -From 'billing@').Subject", "Invoice one"),
        new("-Body", "(Get-ImapMessage INBOX -Body 'overdue').Subject", "Re: Invoice one"),
        new("-Since and -Before", "(Get-ImapMessage INBOX -Since 2025-02-01 -Before 2025-12-31).Subject", "Zwölf Berichte, Big picture"),
        new("-LargerThan, to the octet", "$size = (Get-ImapMessage INBOX)[2].Size; (Get-ImapMessage INBOX -LargerThan ($size - 1)).Subject",
            "Big picture"),
        new("-Unread and -Flagged", "(Get-ImapMessage INBOX -Unread -Flagged).Subject", "Re: Invoice one"),
        new("-Keyword", "(Get-ImapMessage INBOX -Keyword Work).Subject", "Re: Invoice one"),
        new("-Filter", "(Get-ImapMessage INBOX -Filter { $_.Size -gt 20KB -or ($_.IsRead -and $_.From -like '*@example.org') }).Subject",
            "Invoice one, Big picture"),
        new("-HasAttachment", "(Get-ImapMessage INBOX -HasAttachment).Attachments.Name", "notes.txt"),
        new("-Include Preview", "(Get-ImapMessage INBOX -Subject 'Re:' -Include Preview).Preview", "The invoice is overdue."),

        new("Read text, links and codes", "Get-ImapMessage INBOX | Select-Object -First 1 | Get-ImapMessageContent | "
            + "ForEach-Object { $_.Text.Split(\"`n\")[0]; \"$($_.Links)\"; \"$($_.Codes)\" }", "Please pay., "
            + "https://example.org/pay, 482913"),
        new("Save messages",
            "Get-ImapMessage INBOX | Save-ImapMessage $directory/mail; @(Get-ChildItem $directory/mail -Filter *.eml -Recurse).Count", "6"),
        new("Save attachments", "Get-ImapMessage INBOX | Save-ImapAttachment $directory/files; Get-Content $directory/files/notes.txt",
            "Notes."),
        new("Import a message with its flags and date", "Import-ImapMessage \"${p}Imports\" $file -Flags Seen, Flagged -Received "
            + "2024-02-29T12:00:00Z; Get-ImapMessage \"${p}Imports\" | Where-Object Subject -eq 'From a file' | "
            + "ForEach-Object { $_.Subject; \"$($_.Flags)\"; "
            + "$_.Received.UtcDateTime.ToString('yyyy-MM-dd') }", "From a file, Seen, Flagged, 2024-02-29"),
        new("Import into the folder that has just been read",
            "$null = Get-ImapMessage INBOX; Import-ImapMessage INBOX $file; (Get-ImapMessage INBOX)[-1].Subject", "From a file"),

        new("Mark as read", "Get-ImapMessage INBOX | Where-Object Subject -eq 'Zwölf Berichte' | Set-ImapMessage "
            + "-Read; (Get-ImapMessage INBOX | Where-Object Subject -eq 'Zwölf Berichte').IsRead", "True"),
        new("Add a keyword", "Get-ImapMessage INBOX | Where-Object Subject -eq 'Zwölf Berichte' | Set-ImapMessage "
            + "-AddKeyword Later; \"$((Get-ImapMessage INBOX | Where-Object Subject -eq 'Zwölf Berichte').Keywords)\"", "Later"),
        new("Copy, and learn where the copies are", "(Get-ImapMessage INBOX | Where-Object Subject -like '*Invoice "
            + "one' | Copy-ImapMessage \"${p}Copies\" -PassThru | Get-ImapMessageContent).Subject", "Invoice one, Re: Invoice one"),
        new("Move, and learn where the message is now", "(Get-ImapMessage INBOX | Where-Object Subject -eq 'Big picture' | "
            + "Move-ImapMessage \"${p}Moves\" -PassThru | Get-ImapMessageContent).Subject; (Get-ImapMessage "
            + "INBOX).Subject -contains 'Big picture'", "Big picture, False"),
        new("Remove to the trash", "Get-ImapMessage INBOX | Where-Object Subject -eq 'Rubbish' | Remove-ImapMessage "
            + "-Confirm:$false; (Get-ImapMessage (Get-ImapFolder -SpecialUse Trash)).Subject", "Rubbish"),
        new("Remove for good, and nothing else", "Get-ImapMessage INBOX | Where-Object Subject -eq 'Superfluous' "
            + "| Remove-ImapMessage -Permanent -Force; (Get-ImapMessage INBOX).Subject -contains 'Superfluous'", "False"),
        new("Clear a folder", "Clear-ImapFolder \"${p}Full\" -Force; (Get-ImapFolder \"${p}Full\").MessageCount", "0"),
        new("Find duplicates", "(Find-ImapDuplicate \"${p}Duplicates\").Subject", "Twin"),

        new("Wait for a message, and have it at once", "$clock = [Diagnostics.Stopwatch]::StartNew(); (Wait-ImapMessage INBOX -Subject "
            + "'Arrives while one waits' -TimeoutSeconds 12).Subject; $clock.Elapsed.TotalSeconds -lt 10", "Arrives "
            + "while one waits, True", Meanwhile: "Arrives while one waits"),
        new("Watch a folder, and hear at once", "$clock = [Diagnostics.Stopwatch]::StartNew(); (Watch-ImapFolder INBOX -Event Arrived "
            + "-Count 1 -TimeoutSeconds 12).Message.Subject; $clock.Elapsed.TotalSeconds -lt 10", "Arrives while "
            + "one watches, True", Meanwhile: "Arrives while one watches"),
        new("Assert", "(Assert-ImapMessage INBOX -Subject 'Zwölf*' -Count 1 -PassThru).Subject; Assert-ImapMessage "
            + "INBOX -Subject 'error' -None", "Zwölf Berichte"),
    ];
}
