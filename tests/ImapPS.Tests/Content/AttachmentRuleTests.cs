using System.Management.Automation;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Content;

/// <summary>One rule of what is an attachment, for the listing and for the content.</summary>
public sealed partial class AttachmentRuleTests(MailServer mail) : ModuleTest(mail)
{
    private const string Head =
        "From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nDate: Mon, 02 Mar 2026 10:00:00 +0100\r\nSubject: x\r\n"
            + "MIME-Version: 1.0\r\n";

    private const string Words = "Content-Type: text/plain\r\n\r\nSee attached.\r\n";
    private const string Html = "Content-Type: text/html\r\n\r\n<p>Hello <img src=\"cid:1@x\"></p>\r\n";

    [Fact]
    public void A_thousand_messages_have_the_same_attachments_in_the_listing_and_in_the_content()
    {
        User.DeliverMany("INBOX", 1_000, i => new SeedMessage(Corpus.Message(i)));
        Connect();
        Succeed("$listed = @(Get-ImapMessage)");
        string[] listed = Lines("$listed");
        string[] read = Lines("($listed | Get-ImapMessageContent)");
        Assert.Equal(1_000, listed.Length);
        Assert.Equal(1_000, read.Length);
        Assert.Equal([], listed.Select((line, i) => (Listed: line, Read: read[i], Source: Corpus.Message(i)))
            .Where(message => Known(message.Listed, message.Source) != Known(message.Read, message.Source))
            .Select(message => $"listed: {message.Listed}\nread:   {message.Read}\n{message.Source}"));

        Assert.InRange(listed.Count(line => line.Contains('|', StringComparison.Ordinal)), 500, 950);
        Assert.Empty(Succeed("$listed | ForEach-Object Attachments | Where-Object Part -eq ''"));
        Assert.Equal(
            Succeed("($listed | Where-Object HasAttachment).Uid").Select(uid => uid.ToString()),
            Succeed("(Get-ImapMessage -HasAttachment).Uid").Select(uid => uid.ToString()));
    }

    public static TheoryData<string, string, string> Kinds => new()
    {
        { "an inline PDF and a photo",
            Mixed(Words, File("application/pdf; x-unix-mode=0644", "inline", "a.pdf"), File("image/jpeg", "inline", "b.jpg")),
            "2 a.pdf, 3 b.jpg" },
        { "a photo with an id, that no HTML refers to",
            Mixed(Words, File("image/jpeg", "inline", "b.jpg", "Content-ID: <1@x>\r\n")), "2 b.jpg" },
        { "a picture that the HTML shows", Related(Html, File("image/png", "inline", "logo.png", "Content-ID: <1@x>\r\n")), "" },
        { "a picture without a disposition", Related(Html, "Content-Type: image/png\r\nContent-ID: <1@x>\r\n\r\nx\r\n"), "" },
        { "a picture with a place", Related(Html, "Content-Type: image/png\r\nContent-Location: logo.png\r\n\r\nx\r\n"), "" },
        { "a picture that nothing can refer to", Related(Html, File("image/png", "inline", "b.png")), "2 b.png" },
        { "a PDF beside HTML", Related(Html, File("application/pdf", "inline", "a.pdf", "Content-ID: <1@x>\r\n")), "2 a.pdf" },
        { "pictures beside text alone", Related(Words, File("image/png", "inline", "b.png", "Content-ID: <1@x>\r\n")), "2 b.png" },
        { "a forwarded message", Mixed(Words, "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nx\r\n"), "2 " },
        { "an invitation beside the text",
            Multipart("alternative", Words, Html, "Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\n"), "3 " },
        { "text files", Mixed(Words, File("text/csv", "inline", "a.csv"), "Content-Type: text/plain; name=log.txt\r\n\r\nx\r\n",
            "Content-Type: text/csv\r\n\r\na;b\r\n"), "2 a.csv, 3 log.txt, 4 " },
        { "a text file before the text", Mixed(File("text/plain", "inline", "log.txt"), Words), "1 log.txt" },
        { "a body that has a name", Multipart("alternative", File("text/plain", "inline", "body.txt"), Html), "" },
        { "a signature by S/MIME", Multipart("signed; protocol=\"application/pkcs7-signature\"", Words,
            File("application/pkcs7-signature", "attachment", "smime.p7s")), "" },
        { "a signature by PGP that a list has wrapped",
            Mixed(Multipart("signed; protocol=\"application/pgp-signature\"", Words,
                File("application/pgp-signature", "attachment", "signature.asc")), Words), "" },
        { "a signature that lies loose", Mixed(Words, File("application/pgp-signature", "attachment", "signature.asc")), "" },
        { "a report of what was not delivered", Multipart("report", Words, "Content-Type: message/delivery-status\r\n\r\nStatus: 5.1.1\r\n",
            "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nx\r\n"), "3 " },
        { "a PDF and nothing else", File("application/pdf", "attachment", "scan.pdf"), "1 scan.pdf" },
        { "a photo and nothing else", File("image/jpeg", "inline", "b.jpg"), "1 b.jpg" },
        { "a table and nothing else", File("text/csv", "", "a.csv"), "1 a.csv" },
        { "music without a name", Mixed(Words, "Content-Type: audio/mpeg\r\n\r\nx\r\n"), "2 " },
        { "text and footer", Mixed(Words, Words), "" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_a_person_would_say_has_been_attached(string what, string body, string expected)
    {
        Assert.NotEmpty(what);
        User.Deliver("INBOX", Head + body);
        Connect();
        const string Names = "Attachments | ForEach-Object { $_.Part + ' ' + $_.Name }";
        Assert.Equal(expected, string.Join(", ", Succeed($"(Get-ImapMessage).{Names}")));
        Assert.Equal(expected, string.Join(", ", Succeed($"(Get-ImapMessage | Get-ImapMessageContent).{Names}")));
        Assert.Equal(expected.Length > 0, (bool)Assert.Single(Succeed("(Get-ImapMessage).HasAttachment")).BaseObject);

        string folder = Path.Combine(Dovecot.Directory, "saved", User.Name);
        IReadOnlyList<PSObject> saved = Succeed("Get-ImapMessage | Save-ImapAttachment $to -PassThru", ("to", folder));
        Assert.Equal(expected.Length == 0 ? 0 : expected.Split(", ").Length, saved.Count);
        IReadOnlyList<PSObject> byPart =
            Succeed("Get-ImapMessage | ForEach-Object { $m = $_; $m.Attachments | ForEach-Object { "
            + "$m | Save-ImapAttachment $to -Part $_.Part -PassThru } }", ("to", folder + "2"));
        Assert.Equal(saved.Count, byPart.Count);
    }

    /// <summary>A name that is not written as it ought to be is cut off by the server, before anybody can see it whole.</summary>
    private static string Known(string attachments, string source) =>
        Unquoted().IsMatch(source) ? AnyName().Replace(attachments, "|") : attachments;

    [GeneratedRegex("name=(?:[^\"]|\"unclosed)|x=\\(|;;")]
    private static partial Regex Unquoted();

    [GeneratedRegex("\\|[^|/]*(?=, |$)")]
    private static partial Regex AnyName();

    private static string Mixed(params string[] parts) => Multipart("mixed", parts);

    private static string Related(params string[] parts) => Multipart("related", parts);

    private static string Multipart(string type, params string[] parts)
    {
        string boundary = "b" + string.Concat(type.Where(char.IsAsciiLetter)).Length;
        return $"Content-Type: multipart/{type}; boundary={boundary}\r\n\r\n"
            + string.Concat(parts.Select(part => $"--{boundary}\r\n{part}")) + $"--{boundary}--\r\n";
    }

    private static string File(string type, string disposition, string name, string more = "") =>
        $"Content-Type: {type}; name=\"{name}\"\r\n"
        + (disposition.Length == 0 ? "" : $"Content-Disposition: {disposition}; filename=\"{name}\"\r\n") + $"{more}\r\nx\r\n";

    /// <summary>The attachments of each message, a line for each.</summary>
    private string[] Lines(string messages) =>
    [
        .. Succeed($"{messages} | Sort-Object Uid | ForEach-Object {{ $_.Subject + ': ' + "
            + "(($_.Attachments | ForEach-Object { $_.Part + '|' + $_.Type.ToLower() + '|' + $_.Name }) -join ', ') }")
            .Select(line => line.ToString()),
    ];
}
