using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Filters;

/// <summary>Messages as no tutorial has them, but mailboxes do: what a header may hold, and what it may not.</summary>
/// <remarks>
/// It has no encoded words in charsets that only one of Dovecot and .NET knows (UTF-7), or Dovecot does not (x-nonsense, utf-8*en): it
/// decodes them to something else, or to nothing, and no SEARCH finds what MimeKit reads there.
/// </remarks>
internal static class AwkwardMailbox
{
    private static readonly string[] _subjects =
    [
        "Weekly report", "weekly REPORT", "Invoice 12345", "INVOICE 12345", "Re: Invoice [12345]", "[urgent] read * this ?",
        "50% off `now`", "a\"quoted\"b",
        "=?utf-8?Q?Z=C3=BCrich?=", "=?iso-8859-1?Q?Z=FCrich?=", "=?iso-8859-9?Q?=DDstanbul_=FD=F0ne?=",
            "=?utf-8?B?xLBzdGFuYnVsIGnEsUk=?=", "=?koi8-r?B?8NLJ18XU?=",
        "=?iso-2022-jp?B?GyRCJUYlOSVIGyhC?= test", "=?utf-8?Q?broken", "=?utf-8?Q?ab?=cd", "ab=?utf-8?Q?cd?= ef",
        "=?utf-8?B?w?= =?utf-8?B?w7w=?=",
        "=?utf-8?B?8J+O?=\r\n =?utf-8?B?iSBwYXJ0eQ==?=", "=?utf-8?Q?one?=\r\n =?utf-8?Q?two?=", "folded\r\n subject of\r\n\tmany lines",
        "=?utf-8?Q?stra=C3=9Fe?=", "strasse",
        "=?utf-8?Q?In=C2=ADvoice_soft?=", "=?utf-8?Q?re=E2=80=8Bport_zero?=", "=?utf-8?Q?=EF=AC=81nance_o=EF=AC=83ce?=",
            "=?utf-8?Q?=E2=84=AAelvin?=", "=?utf-8?Q?me=C5=BF=C5=BFage?=",
        "=?utf-8?Q?=EF=BC=A9nvoice?=", "=?utf-8?Q?=E2=93=98nvoice_=E2=93=94?=", "=?utf-8?B?8J+OiSBwYXJ0eSDwn46J?=",
            "=?utf-8?Q?cafe=CC=81?=", "=?utf-8?Q?caf=C3=A9?=",
        "Zürich raw", "naïve raw café", "İstanbul raw ısı", "soft\u00adhyphen raw", "zero\u200bwidth raw", "\u212aelvin raw",
        "٣٤٥ digits ۱۲", "=?utf-8?Q?order_=D9=A3=D9=A4?=", "order 34",
        "=?us-ascii?Q?esc=1B[31mred=1B[0m?=", "tab\tin it", "  spaces  around  ", "x", "?", "*", "[", "]", "`", "'", "\u2019smart\u2018",
        "$_", "{0}", "a|b", "(group)", "a.b.c", "\\d+", "#1 (of 3)",
        "th\u0101t ae \u00e6on \u0153uvre", "=?utf-8?Q?=C3=86on?=", "aeon", "=?utf-8?Q?=C3=85rhus?=", "Aarhus",
            "null", "0", "True", "2026-03-02", "a-b", "ab", "co-op", "coop",
        "=?utf-16?B?AGEAYgBj?=", "=?utf-8?q?under_score=5F=3F?=",
    ];

    private static readonly string[] _addresses =
    [
        "alice@example.org", "Alice <alice@example.org>", "\"Alice A.\" <alice@example.org>", "\"Doe, John\" <john.doe@contoso.com>",
        "john . doe @ example . org", "(c) a@(x)b.org",
        "John (the \"first\") Doe <john@doe.example>", "<@route.example,@other.example:joe@final.example>",
        "Group: a@b.example, Bob <bob@b.example>;", "undisclosed-recipients:;",
        "=?utf-8?Q?J=C3=BCrgen?= <juergen@example.de>", "\"=?utf-8?Q?J=C3=BCrgen?= X\" <juergen@example.de>", "m@xn--mnchen-3ya.example",
        "Jürgen <jürgen@münchen.example>",
        "\"quoted local\"@example.org", "\"back\\slash\" <b@example.org>", "\"Jo\\hn\" <jo@example.org>", "user@[192.0.2.1]",
        "\"[Ticket] *star* ?q`\" <t@example.org>", "no address at all",
        "broken <broken@example", "@example.org", "a@b, , c@d",
        "first@example.org, Second <second@contoso.com>,\r\n Third <third@contoso.com>", "\"İstanbul\" <ist@contoso.com>",
        "\u212aELVIN <kelvin@contoso.com>",
        "=?utf-8?Q?=E2=84=AAelvin?= <k@contoso.com>", "'single' <single@example.org>", "Very.Long.Dotted.Name <v@example.org>", "a@b@c",
        "semi@example.org; colon@example.org", "\"a\"@b", "<>", "",
        "=?iso-8859-1?Q?=22Quoted=22?= <q@example.org>", "Smith-Jones Ann-Marie <ann-marie@co-op.example>", "ALICE@EXAMPLE.ORG",
        "a+tag@example.org", "o'brien@example.org",
            "=?utf-8?B?2YXYsdit2KjYpw==?= <ar@example.org>",
    ];

    private static readonly string[] _dates =
    [
        "Mon, 02 Mar 2026 10:00:00 +0000", "Mon, 02 Mar 2026 10:00:00 -1200", "Mon, 02 Mar 2026 10:00:00 +1400",
        "Sun, 08 Mar 2026 02:30:00 -0500", "Sun, 29 Mar 2026 02:30:00 +0100", "02 Mar 26 10:00 EST",
        "Mon, 2 Mar 2026 10:00:00 GMT", "Mon, 2 Mar 2026 23:59:60 +0000", "Mon, 1 Jan 1900 00:00:00 +0000",
        "Thu, 31 Dec 2099 23:59:59 +0000", "Mon, 02 Mar 2026 10:00:00", "2026-03-02T10:00:00Z", "yesterday", "",
        "Mon, 02 Mar 2026 10:00:00 -0000 (comment)", "Mon (day), 02 (of) Mar 2026 10:00:00 Z", "Sun, 01 Nov 2026 01:30:00 -0400",
        "Thu, 1 Jan 1970 00:00:00 +0000", "Mon, 32 Mar 2026 10:00:00 +0000", "Tue, 29 Feb 2028 12:00:00 +0530",
        "Mon, 02 Mar 2026 10:00:00 PDT", "Mon, 02 Mar 2026 10:00:00 +9900", "Mon Mar  2 10:00:00 2026", "Mon, 02 Mar 126 10:00:00 +0000",
        "Fri, 02-Mar-2026 10:00:00 CET", "Mon, 02 Mar 2026 24:00:00 +0000",
    ];

    private static readonly string[] _keywords = ["Work", "$Forwarded", "NonJunk", "a-b", "later", "x.y"];

    private static readonly string[] _identifiers =
    [
        "<abc.123@mail.example>", "<ABC.123@MAIL.EXAMPLE>", "abc.123@mail.example", "(comment) <x . y @ mail . example>", "<no-at-sign>",
        "<a@b> <c@d>", "", "<\"quoted id\"@mail.example>", "=?utf-8?Q?=3Cenc@mail.example=3E?=",
        "<id@xn--mnchen-3ya.example>", "<broken@mail.example", "<a\\b@mail.example>",
    ];

    public static IEnumerable<(byte[] Raw, MessageState State)> Messages()
    {
        yield return (Encoding.ASCII.GetBytes("\r\nno headers at all\r\n"), State(0));
        yield return (Encoding.ASCII.GetBytes(""), State(1));
        yield return (Encoding.ASCII.GetBytes("not a header\r\n\r\nbody\r\n"), State(2));
        yield return (Encoding.Latin1.GetBytes("Subject: Z\u00fcrich Latin-1 raw\r\nFrom: J\u00fcrgen <j@example.org>\r\n\r\n"), State(3));
        yield return (Encoding.Latin1.GetBytes(
            "Subject: caf\u00e9invoice\u00ff\u00feweekly\r\nFrom: \"\u00c9ric\" <e@example.org>\r\n\r\n"), State(4));
        yield return (Encoding.UTF8.GetBytes("Subject: first subject\r\nSubject: second subject\r\nFrom: one@example.org\r\n"
            + "From: two@example.org\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\nDate: Tue, 03 Mar 2026 10:00:00 +0000\r\n\r\n"), State(5));
        yield return (Encoding.UTF8.GetBytes(
            $"Subject: {string.Join(' ', Enumerable.Range(0, 1500).Select(i => $"word{i}"))}\r\nFrom: long@example.org\r\n\r\n"), State(6));
        yield return (Encoding.UTF8.GetBytes("Subject:no space\r\nFrom:a@b.c\r\nsubject : spaced colon\r\n\r\n"), State(7));
        yield return (Encoding.UTF8.GetBytes("Subject: \r\nFrom: \r\nTo: \r\nMessage-ID: \r\n\r\n"), State(8));

        int count = _subjects.Length;
        for (int i = 0; i < count; i++)
        {
            var text = new StringBuilder();
            text.Append("Subject: ").Append(_subjects[i]).Append("\r\n");
            text.Append("From: ").Append(Pick(_addresses, i)).Append("\r\n");
            if (i % 3 != 0) text.Append("To: ").Append(Pick(_addresses, i + 7)).Append("\r\n");
            if (i % 4 == 1) text.Append("Cc: ").Append(Pick(_addresses, i + 13)).Append("\r\n");
            if (i % 5 == 2) text.Append("Reply-To: ").Append(Pick(_addresses, i + 19)).Append("\r\n");
            if (i % 7 != 3) text.Append("Date: ").Append(Pick(_dates, i)).Append("\r\n");
            if (i % 3 != 1) text.Append("Message-ID: ").Append(Pick(_identifiers, i)).Append("\r\n");
            if (i % 4 == 2) text.Append("In-Reply-To: ").Append(Pick(_identifiers, i + 5)).Append("\r\n");
            text.Append("\r\n").Append('x', i * 37 % 4000).Append("\r\n");
            yield return (Encoding.UTF8.GetBytes(text.ToString()), State(i + 9));
        }
    }

    private static string Pick(string[] values, int index) => values[index % values.Length];

    private static MessageState State(int i) => new(
        Received: new DateTimeOffset(2026, 3, 8, 0, 0, 0, TimeSpan.Zero).AddHours((i * 7) - 300).AddSeconds(i % 3),
        Flags: (SystemFlags)(i % 32),
        Keywords: [.. _keywords.Where((_, bit) => (i >> bit) % 3 == 1)]);

}
