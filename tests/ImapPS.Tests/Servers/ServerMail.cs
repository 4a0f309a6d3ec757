using System.Globalization;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Servers;

/// <summary>What lies in the mailbox before the first statement.</summary>
internal static class ServerMail
{
    private static readonly string[] _folders = ["Before", "Gone", "Copies", "Moves", "Imports", "Full", "Duplicates"];

    /// <summary>What is imported.</summary>
    public static byte[] FromFile { get; } =
        Message("From a file", "Dora <dora@example.org>", "1 Feb 2024", "<file@example.org>", "Hello.\r\n");

    /// <summary>What is delivered while a statement listens.</summary>
    public static byte[] Arriving(string subject) =>
        Message(subject, "Emil <emil@example.org>", "2 Mar 2026", $"<{Guid.NewGuid():N}@example.org>", "Now.\r\n");

    /// <summary>Makes folders, where the server does, and appends messages, as RFC 3501 has it.</summary>
    public static async Task FillAsync(IMailServer server, MailLogin user, CancellationToken cancellationToken)
    {
        await using RawImapClient client = await server.ConnectAsync(user, cancellationToken);
        bool hasFolders = true;
        foreach (string folder in _folders)
            hasFolders &= (await client.CommandAsync($"CREATE \"{server.Prefix}{folder}\"", cancellationToken)).IsOk;

        const string bob = "Bob <bob@example.net>";
        const string order = "Please pay.\r\nhttps://example.org/pay\r\nYour code is 482913.\r\n";
        byte[] invoice = Message("Invoice one", "Billing <billing@example.org>", "10 Jan 2025", "<1@example.org>", order);
        await AppendAsync("INBOX", invoice, "2025-01-10", SystemFlags.Seen);
        byte[] twelve = Message("=?utf-8?B?WnfDtmxmIEJlcmljaHRl?=", bob, "3 Feb 2025", "<2@example.org>", "Twelve.\r\n");
        await AppendAsync("INBOX", twelve, "2025-02-03");
        await AppendAsync("INBOX", Big(), "2025-06-01");
        const string reminder = "The invoice is overdue.\r\n";
        byte[] answer = Message("Re: Invoice one", "Alice <alice@example.test>", "2 Mar 2026", "<4@example.org>", reminder);
        await AppendAsync("INBOX", answer, "2026-03-02", SystemFlags.Flagged);
        await AppendAsync("INBOX", Message("Superfluous", bob, "3 Mar 2026", "<5@example.org>", "Nothing.\r\n"), "2026-03-03");
        await AppendAsync("INBOX", Message("Rubbish", bob, "4 Mar 2026", "<6@example.org>", "Nothing.\r\n"), "2026-03-04");
        (await client.CommandAsync("SELECT INBOX", cancellationToken)).EnsureOk("SELECT");

        // Refused where keywords are not known.
        await client.CommandAsync("STORE 4 +FLAGS (Work)", cancellationToken);
        if (!hasFolders) return;

        byte[] twin = Message("Twin", bob, "5 Mar 2026", "<7@example.org>", "Twice.\r\n");
        // Copies, Moves and Imports too, as imap4d gives a folder that never had a message another UIDVALIDITY each second.
        foreach (string folder in (string[])["Full", "Duplicates", "Full", "Duplicates", "Copies", "Moves", "Imports"])
            await AppendAsync(server.Prefix + folder, twin, "2026-03-05");
        Task AppendAsync(string folder, byte[] message, string day, SystemFlags flags = SystemFlags.None) =>
            client.AppendAsync(folder, message, flags, DateTimeOffset.Parse($"{day}T12:00:00Z", CultureInfo.InvariantCulture),
                cancellationToken);
    }

    private static byte[] Message(string subject, string from, string day, string id, string body) =>
        Encoding.UTF8.GetBytes(
            $"From: {from}\r\nTo: Alice <alice@example.test>\r\nSubject: {subject}\r\nDate: {day} 10:00:00 +0000\r\n"
            + $"Message-ID: {id}\r\n\r\n{body}");

    // A thousand lines: a server that counts line ends as one octet is a thousand off.
    private static byte[] Big()
    {
        string lines = string.Concat(Enumerable.Repeat("A line as there are so many of them.\r\n", 1000));
        return Encoding.UTF8.GetBytes(
            "From: Carol <carol@example.com>\r\nTo: Alice <alice@example.test>\r\nSubject: Big picture\r\n"
                + "Date: 1 Jun 2025 10:00:00 +0000\r\n"
            + "Message-ID: <3@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + $"--b\r\nContent-Type: text/plain\r\n\r\n{lines}\r\n--b\r\nContent-Type: text/plain; name=notes.txt\r\n"
            + "Content-Disposition: attachment; filename=notes.txt\r\n\r\nNotes.\r\n--b--\r\n");
    }
}
