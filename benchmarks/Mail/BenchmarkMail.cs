using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Mail;

/// <summary>Messages as a mailbox has them: many senders, several structures, encoded words, trace fields, keywords.</summary>
internal static class BenchmarkMail
{
    private const int Senders = 211;
    private const int Recipients = 17;
    private static readonly DateTimeOffset _newest = new(2026, 11, 1, 8, 0, 0, TimeSpan.FromHours(1));
    private static readonly string[] _names =
        ["Ada Example", "Zoë Müller", "李小龙", "Bob, of Sales", "Billing", "Łukasz Żak", "no-reply"];
    private static readonly string[] _words = ["delivery", "meeting", "Prüfung", "report", "order", "请求", "travel", "release"];

    /// <summary>The message of this number, about so large. Every second one has "invoice" in its subject.</summary>
    public static string Text(int number, int octets)
    {
        var date = Date(number);
        var mail = new MailText
        {
            From = Sender(number),
            To = To(number),
            Cc = number % 5 == 0 ? $"Team {number % 9} <team{number % 9}@example.net>" : null,
            Subject = Subject(number),
            Date = date,
            MessageId = Id(number),
            InReplyTo = number % 3 == 0 && number > 0 ? Id(number - 1) : null,
            Headers = Trace(number, date),
            Text = Prose(number, TextSize(number, octets)),
            Html = number % 3 == 1 ? $"<html><body><p>{Prose(number, Math.Min(300, octets / 6))}</p></body></html>" : null,
            Attachments = number % 4 == 2 ? [Attachment(number, octets)] : [],
        };
        return mail.ToString();
    }

    /// <summary>The same, with the state that it has in the mailbox.</summary>
    public static SeedMessage Seed(int number, int octets) => new(Text(number, octets), new MessageState(
        Date(number),
        number % 3 == 0 ? SystemFlags.None : number % 7 == 0 ? SystemFlags.Seen | SystemFlags.Answered : SystemFlags.Seen,
        number % 10 == 0 ? ["invoice", "$Forwarded"] : number % 10 == 5 ? ["work"] : null));

    private static DateTimeOffset Date(int number) => _newest.AddMinutes(-137.0 * (200_000 - number) / 10).AddSeconds(number % 60);

    private static string Id(int number) => $"<{number:D7}.{number * 7919L:X}@mail{number % 13}.example.org>";

    private static string Sender(int number) =>
        $"{_names[number % _names.Length]} <sender{number % Senders}@company{number % 29}.example>";

    private static string To(int number) => number % 6 == 0
        ? $"Alice Carroll <alice@example.org>, Recipient {number % Recipients} <r{number % Recipients}@example.org>"
        : $"Recipient {number % Recipients} <r{number % Recipients}@example.org>";

    private static string Subject(int number)
    {
        var word = _words[number / 2 % _words.Length];
        var reply = number % 3 == 0 ? "Re: " : "";
        return number % 2 == 0 ? $"{reply}Your invoice {number} for {word}" : $"{reply}About the {word} {number}";
    }

    private static string[] Trace(int number, DateTimeOffset date)
    {
        var stamp = MailText.DateText(date);
        var lines = new List<string>();
        for (var hop = 0; hop < 3; hop++)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture,
                $"Received: from mx{hop}.example.net (mx{hop}.example.net [192.0.2.{number % 250}])\r\n\tby mail.example.org with ESMTPS"
                + $"\r\n\tid {number:X8}{hop}; {stamp}"));
        }

        lines.Add("X-Mailer: Example Mailer 4.2");
        lines.Add($"List-Unsubscribe: <https://company{number % 29}.example/unsubscribe?u={number}>");
        return [.. lines];
    }

    private static int TextSize(int number, int octets) => Math.Max(100, (number % 4 == 2 ? octets / 4 : octets) - 1_100);

    private static MailAttachment Attachment(int number, int octets)
    {
        var content = new byte[Math.Max(64, (octets - (octets / 4) - 400) * 3 / 4)];
        new Random(number).NextBytes(content);
        return new MailAttachment($"document-{number}.pdf", "application/pdf", content);
    }

    private static string Prose(int number, int size)
    {
        var text = new StringBuilder(size + 80);
        while (text.Length < size)
        {
            text.Append(CultureInfo.InvariantCulture, $"Line {text.Length} of message {number}: {_words[text.Length % _words.Length]}, ");
            text.Append("and so on, as people write to each other.\r\n");
        }

        return text.ToString();
    }
}
