using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ImapPS.Sandbox;

/// <summary>A mailbox as it is after some years of work: enough messages that pictures of it look as they do in earnest.</summary>
public static class ReportMailbox
{
    private const int Days = 1_680;

    private static readonly (string Name, int Weight)[] _people =
    [
        ("Grace Østergård <grace@example.org>", 30), ("Jiří Dvořák <jiri@example.cz>", 22), ("山田 花子 <hanako@example.jp>", 17),
        ("Monitoring <alerts@ops.example.org>", 26), ("Northwind Billing <billing@northwind.example>", 9),
        ("The Weekly Ladle <news@ladle.example>", 12), ("Łukasz Żółć <lukasz@example.pl>", 8), ("HR <hr@example.org>", 6),
        ("Parcel Post <tracking@parcel.example>", 10), ("דנה לוי <dana@example.co.il>", 7), ("Rail <tickets@rail.example>", 5),
        ("Mum <mum@family.example>", 6), ("City Library <library@city.example>", 4), ("Tax Office <office@tax.example>", 2),
    ];

    private static readonly (string Id, string Folder, int Weight)[] _lists =
    [
        ("powershell.lists.example.net", "Lists/powershell", 34), ("dotnet.lists.example.net", "Lists/dotnet", 16),
        ("imap-protocol.lists.example.net", "Lists/imap", 9), ("weekly.ladle.example", "INBOX", 7),
        ("neighbours.city.example", "Lists/neighbours", 12),
    ];

    private static readonly (string Name, string Type, int Least, int Most, int Weight)[] _files =
    [
        ("contract.pdf", "application/pdf", 40, 700, 40), ("photo.jpg", "image/jpeg", 200, 1_400, 24),
        ("table.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", 12, 90, 12),
        ("letter.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", 15, 160, 14),
        ("meeting.ics", "text/calendar", 1, 3, 14), ("logs.zip", "application/zip", 100, 900, 5), ("screen.png", "image/png", 30, 400, 12),
    ];

    /// <summary>Fills the user's mailbox, the same way for the same time.</summary>
    /// <param name="user">The user.</param>
    /// <param name="now">The time of the newest message.</param>
    /// <param name="count">How many messages there are, but for a few copies.</param>
    public static void Fill(MailUser user, DateTimeOffset now, int count = 2_400)
    {
        var random = new Random(15);
        List<(string Folder, SeedMessage Message)> all = [.. Enumerable.Range(0, count).Select(number => Make(number, now, random))];
        all.AddRange([.. all.Where((mail, i) => i % 40 == 7 && mail.Folder != "Trash")
            .Select(mail => ("Archive/before the move", mail.Message))]);
        foreach (var folder in all.GroupBy(mail => mail.Folder, mail => mail.Message, StringComparer.Ordinal))
        {
            SeedMessage[] messages = [.. folder.OrderBy(message => message.State!.Received)];
            user.DeliverMany(folder.Key.Replace('/', user.Server.HierarchyDelimiter), messages.Length, i => messages[i]);
        }

        user.CreateFolder("Drafts");
    }

    private static (string Folder, SeedMessage Message) Make(int number, DateTimeOffset now, Random random)
    {
        // There is more mail each year, and less in summer and at weekends.
        var age = Days * (1 - Math.Sqrt(random.NextDouble()));
        var received = now.AddDays(-age);
        if (received is { Month: 7 or 8 } or { DayOfWeek: DayOfWeek.Sunday } && random.Next(2) == 0)
        {
            age = Days * random.NextDouble() / 2;
            received = now.AddDays(-age);
        }

        var list = random.Next(100) < 36 ? Pick(_lists, one => one.Weight, random) : default;
        var file = list.Id is null && random.Next(100) < 17 ? Pick(_files, one => one.Weight, random) : default;
        var from = Pick(_people, one => one.Weight, random).Name;
        var folder = list.Folder ?? random.Next(100) switch
        {
            < 16 => "Sent",
            < 20 => "Trash",
            < 24 => "Receipts",
            < 36 => "Projects/Harbour",
            < 44 => "Projects/Night trains",
            _ => age > 320 ? string.Create(CultureInfo.InvariantCulture, $"Archive/{received.Year}") : "INBOX",
        };
        var isRead = folder == "Sent" || random.NextDouble() > (list.Id is null ? 0.04 + (age < 20 ? 0.3 : 0) : 0.4);
        var text = new MailText
        {
            From = folder == "Sent" ? "Alice Carroll <alice@example.org>" : from,
            Subject = string.Create(CultureInfo.InvariantCulture, $"Message {number}"),
            Date = received,
            MessageId = string.Create(CultureInfo.InvariantCulture, $"<{number}@example.org>"),
            Headers = list.Id is null ? [] : [$"List-Id: <{list.Id}>"],
            Text = new string('x', 400 + random.Next(7_000)),
            Attachments = file.Name is null ? []
                : [new MailAttachment(file.Name, file.Type, new byte[random.Next(file.Least, file.Most) * 1_024])],
        };
        return (folder, new SeedMessage(text.ToString(), new MessageState(received, isRead ? SystemFlags.Seen : SystemFlags.None)));
    }

    private static T Pick<T>(IReadOnlyList<T> items, Func<T, int> weight, Random random)
    {
        var at = random.Next(items.Sum(weight));
        return items.First(item => (at -= weight(item)) < 0);
    }
}
