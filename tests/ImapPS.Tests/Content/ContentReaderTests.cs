using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using ImapPS.Content;
using ImapPS.Models;
using MimeKit;

namespace ImapPS.Tests.Content;

/// <summary>Octets in, content out: what senders send, and what nobody should.</summary>
public sealed class ContentReaderTests
{
    private static readonly Encoding _gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
    private static readonly Encoding _japanese = CodePagesEncodingProvider.Instance.GetEncoding("iso-2022-jp")!;
    private static readonly Encoding _cyrillic = CodePagesEncodingProvider.Instance.GetEncoding("windows-1251")!;

    [Fact]
    public void Plain_and_HTML_and_a_file()
    {
        ImapMessageContent content = Read(
            """
            From: a@example.org
            X-One: 1
            Received: from there
            Received: from here
            Subject: =?utf-8?Q?caf=C3=A9?=
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=m

            --m
            Content-Type: multipart/alternative; boundary=a

            --a
            Content-Type: text/plain; charset=utf-8

            Plain text. https://example.org/plain
            --a
            Content-Type: multipart/related; boundary=r

            --r
            Content-Type: text/html; charset=utf-8

            <p>HTML <a href="https://example.org/html">text</a></p>
            --r
            Content-Type: image/png; name=logo.png
            Content-ID: <logo>

            x
            --r--
            --a--
            --m
            Content-Type: text/plain; name=notes.txt
            Content-Disposition: attachment; filename=notes.txt

            not the body
            --m
            Content-Type: message/rfc822

            Subject: forwarded

            not the body either
            --m
            Content-Type: text/plain

            -- a list's footer
            --m--
            """);
        Assert.Equal("Plain text. https://example.org/plain\n-- a list's footer", content.TextBody);
        Assert.Equal("<p>HTML <a href=\"https://example.org/html\">text</a></p>", content.HtmlBody);
        Assert.Equal("Plain text. https://example.org/plain\n-- a list's footer", content.Text);
        Assert.Equal(["https://example.org/html", "https://example.org/plain"], content.Links.Select(link => link.AbsoluteUri));
        Assert.Equal(["notes.txt|text/plain|2", "|message/rfc822|3"], Attachments(content));
        Assert.Equal(["From", "X-One", "Received", "Received", "Subject", "MIME-Version", "Content-Type"],
            content.Headers.Select(header => header.Name));
        Assert.Equal(["from there", "from here", "café"], content.Headers.Skip(2).Take(3).Select(header => header.Value));
        Assert.Equal(ImapProtection.None, content.Protection);
        Assert.False(content.IsTruncated);
    }

    public static TheoryData<string, string, string> BestTexts => new()
    {
        { "HTML alone", Part("text/html", "<p>Hello</p><p>you</p>"), "Hello\n\nyou" },
        { "an empty plain text", Multipart("alternative", Part("text/plain", " \r\n"), Part("text/html", "<p>Hello</p>")), "Hello" },
        { "a plain text that makes excuses",
            Multipart("alternative", Part("text/plain", "Your mail reader shows no HTML."),
            Part("text/html", "<p>Hello, this is what we really wanted to say</p>")), "Hello, this is what we really wanted to say" },
        { "HTML that calls itself plain", Part("text/plain", "<html><body><p>Hello</p></body></html>"), "Hello" },
        { "text, image, text",
            Multipart("mixed", Part("text/plain", "before"), Part("image/png; name=a.png", "x"),
            Part("text/html", "<p>after</p>")), "before\nafter" },
        { "flowed", Part("text/plain; format=flowed", "This line \r\nflows on.\r\nThis one does not."),
            "This line flows on.\nThis one does not." },
        { "flowed, with its spaces deleted", Part("text/plain; format=flowed; delsp=yes", "\u65e5\u672c \r\n\u8a9e"),
            "\u65e5\u672c\u8a9e" },
        { "a text that has a name", Part("text/plain; name=body.txt", "the body"), "the body" },
        { "no type at all", "\r\nbare\r\n", "bare" },
        { "a type that is none", "Content-Type: nonsense\r\n\r\nbare\r\n", "bare" },
        { "an unknown kind of text", Part("text/x-something", "readable"), "readable" },
        { "a bounce", Multipart("report; report-type=delivery-status", Part("text/plain", "It could not be delivered."),
            Part("message/delivery-status", "Status: 5.1.1")), "It could not be delivered." },
        { "alternatives within alternatives",
            Multipart("alternative", Multipart("mixed", Part("text/plain", "plain")), Part("text/html", "<p>HTML</p>")), "plain" },
    };

    [Theory]
    [MemberData(nameof(BestTexts))]
    public void The_best_text_there_is(string what, string raw, string text)
    {
        Assert.NotEmpty(what);
        Assert.Equal(text, Read(raw).Text);
    }

    public static TheoryData<string, byte[], string> Charsets => new()
    {
        { "utf-8", "Grüße 📬"u8.ToArray(), "Grüße 📬" },
        { "\"UTF8\"", "Grüße"u8.ToArray(), "Grüße" },
        { "us-ascii", "Grüße"u8.ToArray(), "Grüße" },
        { "iso-8859-1", "Grüße"u8.ToArray(), "Grüße" },
        { "iso-8859-1", Encoding.Latin1.GetBytes("Grüße \u0093so\u0094"), "Grüße “so”" },
        { "utf-8", Encoding.Latin1.GetBytes("Grüße"), "Grüße" },
        { "x-no-such-charset", "Grüße"u8.ToArray(), "Grüße" },
        { "x-no-such-charset", Encoding.Latin1.GetBytes("Grüße"), "Grüße" },
        { "../../etc/passwd", "plain"u8.ToArray(), "plain" },
        { "utf-7", "plain"u8.ToArray(), "plain" },
        { "GB18030", _gb18030.GetBytes("来週の打ち合わせ €"), "来週の打ち合わせ €" },
        { "gb2312", _gb18030.GetBytes("验证码"), "验证码" },
        { "iso-2022-jp", _japanese.GetBytes("火曜日"), "火曜日" },
        { "windows-1251", _cyrillic.GetBytes("Ваш код"), "Ваш код" },
        { "cp1251", _cyrillic.GetBytes("Ваш код"), "Ваш код" },
        { "utf-16le", Encoding.Unicode.GetBytes("Grüße"), "Grüße" },
        { "utf-8", [0xef, 0xbb, 0xbf, (byte)'x'], "x" },
        { "us-ascii", [0xff, 0xfe, (byte)'x', 0], "x" },
    };

    [Theory]
    [MemberData(nameof(Charsets))]
    public void Charsets_and_what_claims_to_be_one(string charset, byte[] text, string read)
    {
        byte[] raw = [.. Encoding.ASCII.GetBytes(
            $"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(text)}\r\n")];
        Assert.Equal(read, Read(raw).TextBody);
    }

    [Fact]
    public void HTML_may_say_itself_what_it_is_written_in()
    {
        byte[] html = _cyrillic.GetBytes(
            "<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1251'></head><p>Привет</p>");
        Assert.Equal("Привет", Read([.. "Content-Type: text/html\r\n\r\n"u8, .. html]).Text);
    }

    [Theory]
    [InlineData("quoted-printable", "Gr=C3=BC=\r\n=C3=9Fe=zz=", "Grüße=zz")]
    [InlineData("base64", "R3LDvMOf\r\n!!%%ZQ==", "Grüße")]
    [InlineData("base64", "!!!! ???? \u0001", "")]
    [InlineData("x-uuencode", "begin 644 x\r\n#0V%T\r\n`\r\nend", "Cat")]
    [InlineData("no-such-encoding", "as it stands", "as it stands")]
    public void Encodings_and_rubbish(string encoding, string encoded, string text) =>
        Assert.Equal(text, Read(
            $"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n{encoded}\r\n").Text.TrimEnd('\n'));

    [Fact]
    public void Nothing_reaches_a_terminal_that_it_would_obey()
    {
        ImapMessageContent content =
            Read("X-Evil: \u001b]0;x\u0007\r\nContent-Type: text/plain\r\n\r\nred \u001b[31m bell \u0007 csi \u009b "
            + "back\rover \u007f\tend\r\n");
        Assert.Equal("red ␛[31m bell ␇ csi \ufffd back\nover ␡\tend\n", content.TextBody);
        Assert.Equal(content.TextBody.TrimEnd(), content.Text);
        Assert.Equal("␛]0;x␇", content.Headers[0].Value);
        ImapMessageContent html = Read("Content-Type: text/html\r\n\r\n<p>a\u001b[2Jb &#27;[31m &#x9b;x</p>\r\n");
        Assert.DoesNotContain(html.HtmlBody + html.Text, c => char.IsControl(c) && c is not '\n' and not '\t');
    }

    public static TheoryData<string, string> Names => new()
    {
        { "filename=\"../../etc/passwd\"", "../../etc/passwd" },
        { "filename=CON", "CON" },
        { "filename*=utf-8''a%E2%80%AEfdp.exe", "a\u202efdp.exe" },
        { "filename*0*=utf-8''Quit; filename*1*=tung%20; filename*2=one.pdf", "Quittung one.pdf" },
        { "filename=\"=?utf-8?B?w7xiZXIucGRm?=\"", "über.pdf" },
        { "filename=\"unclosed.pdf", "unclosed.pdf" },
        { "filename=\"a\u0000b\u001b[31m.pdf\"", "a␀b␛[31m.pdf" },
        { "filename=\"" + new string('n', 70_000) + "\"", new string('n', 70_000) },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_of_attachments_are_what_the_sender_wrote(string parameter, string name)
    {
        ImapMessageContent content =
            Read(Multipart("mixed", Part("text/plain", "x"),
            $"Content-Type: application/octet-stream\r\nContent-Disposition: attachment; {parameter}\r\n\r\nx\r\n"));
        ImapAttachment attachment = Assert.Single(content.Attachments);
        if (!name.Contains('␀', StringComparison.Ordinal)) Assert.Equal(name, attachment.Name);
        Assert.DoesNotContain(attachment.Name, char.IsControl);
    }

    [Fact]
    public void Ten_thousand_parts_within_each_other()
    {
        var raw = new StringBuilder();
        for (int i = 0; i < 10_000; i++)
        {
            raw.Append(CultureInfo.InvariantCulture, $"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        }

        raw.Append("Content-Type: text/plain\r\n\r\nthe bottom\r\n");
        Assert.NotNull(Read(raw.ToString()));

        raw.Clear();
        for (int i = 0; i < 10_000; i++) raw.Append("Content-Type: message/rfc822\r\n\r\n");
        Assert.Single(Read(raw.Append("\r\nthe bottom\r\n").ToString()).Attachments);
    }

    [Fact]
    public void Ten_thousand_parts_beside_each_other()
    {
        ImapMessageContent content =
            Read(Multipart("mixed",
            [Part("text/plain", "the text"), .. Enumerable.Range(0, 10_000)
            .Select(i => Part(FormattableString.Invariant($"application/pdf; name={i}.pdf"), "x"))]));
        Assert.Equal("the text", content.Text);
        Assert.Equal(1_000, content.Attachments.Count);
        Assert.Equal("1001", content.Attachments[^1].Part);
        Assert.True(content.IsTruncated);
    }

    public static TheoryData<string, string> Broken => new()
    {
        { "a part without end", "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nthe text" },
        { "a false boundary",
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--bb\r\n\r\n--b\r\n\r\nthe text\r\n--b --\r\n--c--\r\n--b--\r\nepilogue" },
        { "a boundary that is never there", "Content-Type: multipart/mixed; boundary=never\r\n\r\nthe text\r\n" },
        { "no boundary parameter", "Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\nthe text\r\n--b--\r\n" },
        { "an empty boundary", "Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n--\r\n\r\nthe text\r\n----\r\n" },
        { "headers only", "Subject: x\r\nContent-Type: text/html" },
        { "one long line", "Content-Type: text/plain\r\n\r\n" + new string('x', 5_000_000) },
        { "one long header", "X-Long: " + new string('x', 5_000_000) + "\r\n\r\nthe text" },
        { "a hundred thousand headers", string.Concat(Enumerable.Repeat("X-Many: x\r\n", 100_000)) + "\r\nthe text" },
        { "headers that are none", ": : :\r\n\u0000\u0001\r\n(((((((((((\r\n\r\nthe text" },
        { "a type within comments", "Content-Type: " + new string('(', 100_000) + "text/plain\r\n\r\nthe text" },
        { "a signature alone", "Content-Type: multipart/signed; protocol=\"application/pgp-signature\"; boundary=b\r\n\r\n--b--\r\n" },
        { "encrypted nothing", "Content-Type: multipart/encrypted; boundary=b\r\n\r\n--b--\r\n" },
        { "S/MIME of rubbish",
            "Content-Type: application/pkcs7-mime; smime-type=signed-data\r\nContent-Transfer-Encoding: base64\r\n\r\n////////\r\n" },
        { "a winmail.dat of rubbish",
            "Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\neJ8+IgEAAAA////////fwAA\r\n" },
        { "partial", "Content-Type: message/partial; number=1; total=9; id=x\r\n\r\nthe text" },
        { "external", "Content-Type: message/external-body; access-type=local-file; name=\"/etc/passwd\"\r\n\r\n"
            + "Content-Type: text/plain\r\n\r\n" },
        { "nothing", "" },
        { "an empty line", "\r\n" },
        { "an mbox line", "From a@example.org Mon Mar  2 10:00:00 2026\r\nSubject: x\r\n\r\nthe text" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Broken_in_every_way(string what, string raw)
    {
        Assert.NotEmpty(what);
        ImapMessageContent content = Read(raw);
        Assert.DoesNotContain("root:", content.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void More_text_than_is_kept()
    {
        byte[] raw = [.. "Content-Type: text/plain\r\n\r\n"u8, .. Enumerable.Repeat((byte)'x', 20_000_000)];
        ImapMessageContent content = Read(raw);
        Assert.Equal(8 * 1024 * 1024, content.TextBody.Length);
        Assert.True(content.IsTruncated);
    }

    [Fact]
    [SuppressMessage("Security", "CA5350", Justification = "A part for the test, not a signature.")]
    public void Signed_and_encrypted_messages_are_shown_as_what_they_are()
    {
        ImapMessageContent pgp =
            Read(Multipart("signed; protocol=\"application/pgp-signature\"", Part("text/plain", "signed text"),
            Part("application/pgp-signature; name=signature.asc", "x")));
        Assert.Equal((ImapProtection.PgpSigned, "signed text", 0), (pgp.Protection, pgp.Text, pgp.Attachments.Count));

        ImapMessageContent smime =
            Read(Multipart("signed; protocol=\"application/pkcs7-signature\"", Part("text/plain", "signed text"),
            Part("application/pkcs7-signature; name=smime.p7s", "x")));
        Assert.Equal((ImapProtection.SmimeSigned, "signed text", 0), (smime.Protection, smime.Text, smime.Attachments.Count));

        ImapMessageContent encrypted =
            Read(Multipart("encrypted; protocol=\"application/pgp-encrypted\"", Part("application/pgp-encrypted", "Version: 1"),
            Part("application/octet-stream", "x")));
        Assert.Equal((ImapProtection.PgpEncrypted, ""), (encrypted.Protection, encrypted.Text));

        ImapMessageContent enveloped =
            Read("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n"
            + "Content-Transfer-Encoding: base64\r\n\r\nMIAGCSqG\r\n");
        Assert.Equal((ImapProtection.SmimeEncrypted, ""), (enveloped.Protection, enveloped.Text));
        Assert.Equal(["smime.p7m|application/pkcs7-mime|1"], Attachments(enveloped));

        ImapMessageContent inline = Read("\r\n-----BEGIN PGP MESSAGE-----\r\n\r\nhQEMA\r\n-----END PGP MESSAGE-----\r\n");
        Assert.Equal((ImapProtection.PgpEncrypted, ""), (inline.Protection, inline.Text));
        Assert.StartsWith("-----BEGIN", inline.TextBody, StringComparison.Ordinal);

        ImapMessageContent footed =
            Read(Multipart("mixed", "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\nx",
            Part("text/plain", "the list's footer")));
        Assert.Equal((ImapProtection.SmimeEncrypted, "the list's footer"), (footed.Protection, footed.Text));
    }

    [Fact]
    public void Text_inside_its_signature()
    {
        var part = new TextPart("plain") { Text = "opaquely signed" };
        using var raw = new MemoryStream();
        part.WriteTo(raw, TestContext.Current.CancellationToken);
        var generator = new Org.BouncyCastle.Cms.CmsSignedDataGenerator();
        byte[] cms = generator.Generate(new Org.BouncyCastle.Cms.CmsProcessableByteArray(raw.ToArray()), encapsulate: true).GetEncoded();
        ImapMessageContent content =
            Read($"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n"
            + $"Content-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(cms)}\r\n");
        Assert.Equal((ImapProtection.SmimeSigned, "opaquely signed"), (content.Protection, content.Text));
    }

    [Fact]
    public void A_winmail_dat_is_opened()
    {
        byte[] winmail = Tnef.Build("The text in it.\r\n", ("report.pdf", [1, 2, 3, 4]), ("../../notes.txt", [5]));
        string part = $"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Disposition: attachment; filename=winmail.dat\r\n"
            + $"Content-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(winmail, Base64FormattingOptions.InsertLineBreaks)}\r\n";
        ImapMessageContent alone = Read(part);
        Assert.Equal("The text in it.", alone.Text);
        Assert.Equal(["report.pdf|application/octet-stream|1", "../../notes.txt|application/octet-stream|1"], Attachments(alone));
        Assert.Equal(4, alone.Attachments[0].Size);

        ImapMessageContent beside = Read(Multipart("mixed", Part("text/plain", "The text beside it."), part));
        Assert.Equal("The text beside it.", beside.Text);
        Assert.Equal("2", beside.Attachments[1].Part);

        // Cut off, or with lengths that lie, it shows what can be read; and what cannot be read at all is a file.
        for (int cut = 0; cut < winmail.Length; cut += 7)
        {
            Assert.NotNull(Read(
                part.Replace(Convert.ToBase64String(winmail, Base64FormattingOptions.InsertLineBreaks),
                Convert.ToBase64String(winmail, 0, cut), StringComparison.Ordinal)));
        }

        for (int at = 0; at < winmail.Length; at++)
        {
            byte[] lying = [.. winmail];
            lying[at] = 0xff;
            Assert.NotNull(Read(
                $"Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(lying)}\r\n"));
        }
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() =>
            ContentReader.Read(new MemoryStream([.. "\r\nx"u8]), new ImapMessage(), stop.Token));
    }

    private static ImapMessageContent Read(string raw) => Read(Encoding.UTF8.GetBytes(raw));

    private static ImapMessageContent Read(byte[] raw) =>
        ContentReader.Read(new MemoryStream(raw), new ImapMessage(), TestContext.Current.CancellationToken);

    private static IEnumerable<string> Attachments(ImapMessageContent content) =>
        content.Attachments.Select(attachment => $"{attachment.Name}|{attachment.Type}|{attachment.Part}");

    private static string Part(string type, string body) => $"Content-Type: {type}\r\n\r\n{body}";

    private static string Multipart(string type, params string[] parts) =>
        $"Content-Type: multipart/{type}; boundary=b{Math.Abs(type.GetHashCode(StringComparison.Ordinal))}x{parts.Length}\r\n\r\n"
        + string.Concat(parts.Select(part => $"--b{Math.Abs(type.GetHashCode(StringComparison.Ordinal))}x{parts.Length}\r\n{part}\r\n"))
        + $"--b{Math.Abs(type.GetHashCode(StringComparison.Ordinal))}x{parts.Length}--\r\n";
}
