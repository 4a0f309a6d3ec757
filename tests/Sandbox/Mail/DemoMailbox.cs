using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ImapPS.Sandbox;

/// <summary>A mailbox as somebody might have it after three years: some sixty messages in nine folders, a few of them awkward.</summary>
public static class DemoMailbox
{
    private const string Alice = "Alice Carroll <alice@example.org>";
    private const string Billing = "Northwind Billing <billing@northwind.example>";
    private const string Drafts = "Drafts";
    private const string PowerShellList = "PowerShell users <powershell@lists.example.net>";
    private const string DotnetList = ".NET announcements <dotnet@lists.example.net>";

    private static readonly string[] _folders = ["Archive", "Archive/2025", "Lists/powershell", "Lists/dotnet", "Entwürfe/Q&A \"2026\""];

    /// <summary>Fills the user's mailbox, the same way for the same time.</summary>
    public static void Fill(MailUser user, DateTimeOffset now)
    {
        foreach (var folder in _folders) user.CreateFolder(InUsersPath(folder));
        foreach (var message in Everything().OrderByDescending(message => message.Age))
        {
            var date = now - message.Age;
            var state = new MessageState(date, message.Flags, message.Keywords);
            user.Deliver(InUsersPath(message.Folder), message.Build(date), state);
        }

        string InUsersPath(string path) => path.Replace('/', user.Server.HierarchyDelimiter);
    }

    /// <summary>The messages alone.</summary>
    public static IEnumerable<byte[]> Messages(DateTimeOffset now) => Everything().Select(message => message.Build(now - message.Age));

    internal static IEnumerable<DemoMessage> Everything() =>
        [.. Receipts(), .. Newsletters(), .. Alerts(), .. People(), .. Lists(), .. Outgoing(), .. Discarded(), .. Archived(), .. Awkward()];

    private static IEnumerable<DemoMessage> Receipts()
    {
        for (var quarter = 0; quarter < 12; quarter++)
        {
            var number = 4711 - (quarter * 97);
            var total = 39 + (quarter * 7 % 60);
            yield return new DemoMessage("INBOX", 9.3 + (quarter * 91), date => new MailText
            {
                From = Billing,
                To = Alice,
                Subject = $"Receipt {number} for {date.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}",
                Date = date,
                MessageId = $"<receipt-{number}@northwind.example>",
                Text = $"Thank you. We have charged EUR {total}.00 to your card.\nInvoice: https://northwind.example/invoices/{number}",
                Attachments = [new MailAttachment($"receipt-{number}.pdf", "application/pdf", Pdf($"Receipt {number}: EUR {total}.00"))],
            })
            { Flags = quarter == 0 ? SystemFlags.None : SystemFlags.Seen };
        }
    }

    private static IEnumerable<DemoMessage> Newsletters()
    {
        string[] topics = ["Grow lights for small kitchens", "Seven soups for November", "The knife you already own",
            "Salt, fat, patience", "Bread without kneading", "What to do with quinces"];
        for (var issue = 0; issue < topics.Length; issue++)
        {
            var number = 212 - issue;
            var topic = topics[issue];
            yield return new DemoMessage("INBOX", 1.1 + (issue * 7), date => new MailText
            {
                From = "The Weekly Ladle <news@ladle.example>",
                To = Alice,
                Subject = $"🍲 Weekly Ladle #{number}: {topic}",
                Date = date,
                MessageId = $"<issue-{number}@ladle.example>",
                Headers = ["List-Unsubscribe: <https://ladle.example/unsubscribe?u=alice>", "List-Id: <weekly.ladle.example>"],
                Text = $"{topic}\n\nRead it at https://ladle.example/issues/{number}",
                Html = $"<h1>{topic}</h1><p><a href=\"https://ladle.example/issues/{number}\">Read it</a></p>",
            })
            { Flags = issue < 2 ? SystemFlags.None : SystemFlags.Seen };
        }
    }

    private static IEnumerable<DemoMessage> Alerts() =>
    [
        Alert(0.02, "[RESOLVED] web-02: disk usage below 80 %", SystemFlags.None),
        Alert(0.12, "[CRITICAL] web-02: disk usage 97 %", SystemFlags.Flagged, "$Work"),
        Alert(3.4, "[WARNING] certificate of shop.example.org expires in 14 days", SystemFlags.Seen, "$Work"),
        Alert(41.7, "[CRITICAL] backup of db-01 failed", SystemFlags.Seen | SystemFlags.Flagged, "$Work", "Todo"),
        new DemoMessage("INBOX", 0.3, date => new MailText
        {
            From = "Example App <no-reply@app.example>",
            To = Alice,
            Subject = "Confirm your address",
            Date = date,
            MessageId = "<confirm-93f2@app.example>",
            Text = "Welcome! Your code is 481 516.\nOr open https://app.example/confirm?token=93f2c7",
            Html = "<p>Welcome! Your code is <b>481 516</b>.</p><p><a href=\"https://app.example/confirm?token=93f2c7\">Confirm</a></p>",
        }),
        new DemoMessage("INBOX", 12.6, date => new MailText
        {
            From = "Parcel Post <tracking@parcel.example>",
            To = Alice,
            Subject = "📦 Ihr Paket ist unterwegs – Zustellung morgen",
            Date = date,
            MessageId = "<parcel-00340434@parcel.example>",
            Text = "Sendungsnummer 0034 0434 1612 9012 3456",
        })
        { Flags = SystemFlags.Seen },
    ];

    private static DemoMessage Alert(double days, string subject, SystemFlags flags, params string[] keywords) =>
        new("INBOX", days, date => new MailText
        {
            From = "Monitoring <alerts@ops.example.org>",
            To = "ops@example.org",
            Subject = subject,
            Date = date,
            MessageId = $"<alert-{days.ToString(CultureInfo.InvariantCulture)}@ops.example.org>",
            Headers = ["Precedence: bulk", "Auto-Submitted: auto-generated"],
            Text = $"{subject}\nSee https://ops.example.org/alerts",
            Attachments = subject.Contains("disk usage 97", StringComparison.Ordinal)
                ? [new MailAttachment("df.csv", "text/csv", "mount,used\n/,97\n/home,41\n"u8.ToArray())]
                : [],
        })
        { Flags = flags, Keywords = keywords };

    private static IEnumerable<DemoMessage> People()
    {
        const string Grace = "Grace Østergård <grace@example.org>";
        const string Start = "<offsite-1@example.org>";
        const string Middle = "<offsite-2@example.org>";
        const string End = "<offsite-3@example.org>";
        return
        [
            Letter("INBOX", 16.2, Grace, Alice, "Offsite in June", Start, null, "Shall we take the second week?",
                SystemFlags.Seen | SystemFlags.Answered),
            Letter("Sent", 16.0, Alice, Grace, "Re: Offsite in June", Middle, Start, "The second week suits me.", SystemFlags.Seen),
            Letter("INBOX", 15.8, Grace, Alice, "Re: Offsite in June", End, Middle, "Booked. The hut has no Wi-Fi.", SystemFlags.Seen),
            Letter("INBOX", 2.2, "Jiří Dvořák <jiri@example.cz>", Alice, "Fotky z víkendu", "<fotky@example.cz>",
                null, "Posílám fotky.", SystemFlags.None),
            Letter("INBOX", 5.5, "山田 花子 <hanako@example.jp>", Alice, "来週の打ち合わせについて", "<meeting@example.jp>", null,
                "火曜日の十時はいかがでしょうか。", SystemFlags.Flagged),
            Letter("INBOX", 77.4, "Mum <mum@family.example>", Alice, "Sunday lunch?", "<lunch@family.example>",
                null, "There will be cake.", SystemFlags.Seen | SystemFlags.Answered),
            new DemoMessage("INBOX", 30.9, date => new MailText
            {
                From = "Łukasz Żółć <lukasz@example.pl>",
                To = Alice,
                Subject = "Zażółć gęślą jaźń",
                Date = date,
                MessageId = "<raw-utf8@example.pl>",
                HasRawHeaders = true,
                Text = "These headers are in UTF-8 as it is.",
            })
            { Flags = SystemFlags.Seen },
        ];
    }

    private static DemoMessage Letter(
        string folder,
        double days,
        string from,
        string to,
        string subject,
        string id,
        string? inReplyTo,
        string text,
        SystemFlags flags) =>
        new(folder, days, date => new MailText
        {
            From = from,
            To = to,
            Subject = subject,
            Date = date,
            MessageId = id,
            InReplyTo = inReplyTo,
            References = inReplyTo,
            Text = text,
        })
        { Flags = flags };

    private static IEnumerable<DemoMessage> Lists()
    {
        string[] questions =
        [
            "Splatting and -WhatIf", "Streaming from Select-Object -First", "ForEach-Object -Parallel and modules",
            "Re: ForEach-Object -Parallel and modules",
            "Binary modules and load contexts", "Tab completion of parameter values", "Why does my pipeline buffer?",
        ];
        for (var i = 0; i < questions.Length; i++)
            yield return Post("Lists/powershell", 4 + (i * 5.3), "Bruce P. <bruce@shell.example>", PowerShellList,
                questions[i], i is 0 or 2);

        string[] releases = [".NET 10.0.4 is out", ".NET 10.0.3 is out", "Security advisory: update your runtime",
            ".NET 10.0.2 is out", ".NET 10 is here 🎉"];
        for (var i = 0; i < releases.Length; i++)
            yield return Post("Lists/dotnet", 6 + (i * 29.5), "Release team <release@dotnet.example>", DotnetList, releases[i], i == 0);
    }

    private static DemoMessage Post(string folder, double days, string from, string list, string subject, bool isUnread) =>
        new(folder, days, date => new MailText
        {
            From = from,
            To = list,
            Subject = $"[{folder.Split('/')[1]}] {subject}",
            Date = date,
            MessageId = $"<{days.ToString(CultureInfo.InvariantCulture)}@lists.example.net>",
            Headers = [$"List-Id: <{folder.Split('/')[1]}.lists.example.net>"],
            Text = $"{subject}\n\nArchive: https://lists.example.net/{folder}",
        })
        { Flags = isUnread ? SystemFlags.None : SystemFlags.Seen };

    private static IEnumerable<DemoMessage> Outgoing() =>
    [
        Letter("Sent", 2.9, Alice, "ops@example.org", "Certificate renewed", "<sent-1@example.org>", null,
            "Done until next year.", SystemFlags.Seen),
        Letter("Sent", 60.1, Alice, "billing@northwind.example", "Wrong VAT number on our receipts",
            "<sent-2@example.org>", null, "Please correct it.", SystemFlags.Seen),
        Letter(Drafts, 0.5, Alice, "grace@example.org", "Packing list", "<draft-1@example.org>", null, "Boots, torch,",
            SystemFlags.Draft | SystemFlags.Seen),
        Letter(Drafts, 8.1, Alice, "", "", "<draft-2@example.org>", null, "Note to self", SystemFlags.Draft | SystemFlags.Seen),
        Letter("Entwürfe/Q&A \"2026\"", 20.4, Alice, "press@example.org", "Q&A: Was kostet \"kostenlos\"?",
            "<qa-1@example.org>", null, "Fünf Fragen, fünf Antworten.", SystemFlags.Draft | SystemFlags.Seen),
        Letter("Entwürfe/Q&A \"2026\"", 19.4, Alice, "press@example.org", "Q&A: Größe, Gewicht, Ausdauer",
            "<qa-2@example.org>", null, "Noch offen.", SystemFlags.Draft),
    ];

    private static IEnumerable<DemoMessage> Discarded() =>
    [
        Letter("Trash", 7.7, "Casino Royale <win@spam.example>", Alice, "You have WON!!!", "<spam-1@spam.example>",
            null, "Click here.", SystemFlags.Seen),
        Letter("Trash", 95.2, "Old Shop <offers@oldshop.example>", Alice, "-50 % on everything, today only",
            "<spam-2@oldshop.example>", null, "Really.", SystemFlags.None),
    ];

    private static IEnumerable<DemoMessage> Archived() =>
    [
        Letter("Archive", 1010.3, "HR <hr@example.org>", Alice, "Your contract", "<contract@example.org>", null,
            "Signed by both.", SystemFlags.Seen | SystemFlags.Flagged),
        Letter("Archive", 800.8, "Registrar <domains@registrar.example>", Alice, "example.org renewed for three years",
            "<domain@registrar.example>", null, "Thank you.", SystemFlags.Seen),
        Letter("Archive", 700.1, "City Library <library@city.example>", Alice, "Three books are due",
            "<books@city.example>", null, "Or renew them online.", SystemFlags.Seen),
        Letter("Archive/2025", 420.6, "Tax Office <office@tax.example>", Alice, "Notice of assessment",
            "<tax@tax.example>", null, "No reply is needed.", SystemFlags.Seen),
        Letter("Archive/2025", 390.2, "Rail <tickets@rail.example>", Alice, "Your tickets to Zürich",
            "<tickets@rail.example>", null, "Coach 7, seats 41 and 42.", SystemFlags.Seen),
    ];

    private static IEnumerable<DemoMessage> Awkward() =>
    [
        new("INBOX", 200.1, _ => "\r\nA body, and no headers at all.\r\n"),
        new("INBOX", 210.2, _ =>
            new MailText
            {
                From = "clock@broken.example",
                Subject = "No date",
                MessageId = "<no-date@broken.example>",
                Text = "What day is it?",
            }),
        new("INBOX", 220.3, date => new MailText
        {
            From = "verbose@broken.example",
            Date = date,
            Subject = string.Join("\r\n ", Enumerable.Repeat("a subject that goes on and on and does not come to an end", 175)),
            MessageId = "<long-subject@broken.example>",
        }),
        new("INBOX", 230.4, date => new MailText
        {
            From = "thread@broken.example",
            Date = date,
            Subject = "In reply to a hundred and fifty",
            MessageId = "<long-thread@broken.example>",
            InReplyTo = string.Join("\r\n ", Enumerable.Range(1, 150).Select(i => $"<predecessor-number-{i:D4}@broken.example>")),
        }),
        new("INBOX", 240.5, date => new MailText
        {
            From = "Mallory \u001b]0;gotcha\u0007 <mallory@broken.example>",
            Date = date,
            Subject = "Look: \u001b[31mred\u001b[0m\u001b[2J and a bell \u0007",
            HasRawHeaders = true,
            MessageId = "<escape@broken.example>",
            Text = "It must not reach the terminal.",
        }),
        new("INBOX", 250.6, _ => Junk()),
    ];

    // Latin-1 where nothing says so, a header without a colon, and a date of no calendar.
    private static byte[] Junk() =>
        Encoding.Latin1.GetBytes(
            """
            From: "Müller & Söhne" <info@müller.example>
            To: undisclosed-recipients:;
            this line has no colon
            Date: Someday, 42 Nonember 2026 25:61:00 +9900
            Subject: Größe in 8 Bit ÿþ

            Schöne Grüße
            """.ReplaceLineEndings("\r\n"));

    private static byte[] Pdf(string text) =>
        Encoding.ASCII.GetBytes(
            $"""
            %PDF-1.1
            1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
            2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
            3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj
            4 0 obj<</Length {text.Length + 33}>>stream
            BT /F 14 Tf 20 50 Td ({text}) Tj ET
            endstream endobj
            trailer<</Root 1 0 R>>
            %%EOF
            """);
}

/// <summary>A message of the demo mailbox: where it is, how old, and how its bytes are made once its date is known.</summary>
internal sealed record DemoMessage(string Folder, double Days, Func<DateTimeOffset, byte[]> Build)
{
    public DemoMessage(string folder, double days, Func<DateTimeOffset, MailText> text)
        : this(folder, days, date => Encoding.UTF8.GetBytes(text(date).ToString()))
    {
    }

    public DemoMessage(string folder, double days, Func<DateTimeOffset, string> text)
        : this(folder, days, date => Encoding.UTF8.GetBytes(text(date)))
    {
    }

    public TimeSpan Age => TimeSpan.FromDays(Days);

    public SystemFlags Flags { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];
}
