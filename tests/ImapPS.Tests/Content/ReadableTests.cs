using System.Text;
using ImapPS.Content;
using ImapPS.Models;

namespace ImapPS.Tests.Content;

/// <summary>What a mail program shows of odd messages is what the content says.</summary>
public sealed class ReadableTests
{
    private const string Code = "Your code is 481516.";
    private const string Fields = "From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nSubject: code\r\n";

    public static TheoryData<string, string> Heads => new()
    {
        { "an mbox line", "From ann@example.org Mon Mar  2 10:00:00 2026\r\n" + Fields + "\r\n" },
        { "a quoted mbox line", ">From ann@example.org Mon Mar  2 10:00:00 2026\r\n" + Fields + "\r\n" },
        { "two mbox lines", "From a Mon Mar  2 10:00:00 2026\r\n>From b Mon Mar  2 10:00:00 2026\r\n" + Fields + "\r\n" },
        { "an mbox line within", Fields + ">From ann@example.org Mon Mar  2 10:00:00 2026\r\nX-A: b\r\n\r\n" },
        { "a space in front", " " + Fields + "\r\n" },
        { "a tab in front", "\t" + Fields + "\r\n" },
        { "a line of blanks in front", "   \r\n" + Fields + "\r\n" },
        { "a line of rubbish in front", "+OK message follows\r\n" + Fields + "\r\n" },
        { "a line of blanks behind", Fields + "  \r\n" },
        { "a line with a tab behind", Fields + "\t\r\n" },
        { "a line of blanks within", "To: b@x.org\r\n \r\nFrom: a@x.org\r\nSubject: x\r\n\r\n" },
        { "a folded empty line", "Subject: a\r\n \r\n b\r\nFrom: a@x.org\r\n\r\n" },
        { "no line between", Fields },
        { "LF alone", (" " + Fields + " \r\n").Replace("\r", "", StringComparison.Ordinal) },
        { "no headers at all", "" },
        { "a bare parameter", Fields + "Content-Type: text/plain; charset=utf-8; format\r\n\r\n" },
        { "a bare charset", Fields + "Content-Type: text/plain; utf-8\r\n\r\n" },
        { "a type alone", Fields + "Content-Type: text; charset=utf-8\r\n\r\n" },
        { "a parameter without semicolon", Fields + "Content-Type: text/plain charset=utf-8\r\n\r\n" },
        { "a quote that is not closed", Fields + "Content-Type: text/plain; charset=\"utf-8\r\n\r\n" },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    public void The_text_is_found_whatever_the_headers_look_like(string what, string head)
    {
        ImapMessageContent content = Read(head + Code + "\r\n");
        Assert.NotEmpty(what);
        Assert.Equal(Code, content.Text);
        Assert.Equal(["481516"], content.Codes);
        if (head.Length > 0) Assert.Contains(content.Headers, header => header.Name is "From");
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed; foo; boundary=b\r\n\r\n--b\r\n\r\n{0}\r\n--b--\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=b; foo\r\n\r\n--b\r\nContent-Type: text/plain; utf-8\r\n\r\n{0}\r\n--b--\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=\"b\" foo\r\n\r\n--b\r\nContent-Type: text/plain\r\n  \r\n{0}\r\n--b--\r\n")]
    [InlineData("Content-Type: multipart/mixed; foo;\r\n boundary=b\r\n\r\n--b\r\n"
        + "Content-Type: multipart/alternative; bar; boundary=c\r\n\r\n--c\r\nContent-Type: text/plain\r\n\r\n{0}\r\n--c--\r\n--b--\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=\"b \"\r\n\r\n--b \r\n\r\n{0}\r\n--b \r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=\"b \"\r\n\r\n--b\r\n\r\n{0}\r\n--b--\r\n")]
    [InlineData("Content-Type: multipart/mixed\r\n\r\n{0}\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=\r\n\r\n{0}\r\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=\"\"\r\n\r\n{0}\r\n")]
    public void Parts_are_found_whatever_the_headers_look_like(string message) =>
        Assert.Equal(Code, Read(Fields + message.Replace("{0}", Code, StringComparison.Ordinal)).Text.Trim());

    [Theory]
    [InlineData("Hello\r\n-- \r\nAnn Example\r\nPhone 1", "Hello\n-- \nAnn Example\nPhone 1")]
    [InlineData("A line that \r\nflows.\r\n-- \r\nAnn", "A line that flows.\n-- \nAnn")]
    [InlineData("A line that \r\n-- \r\nAnn \r\nExample", "A line that \n-- \nAnn Example")]
    [InlineData("> quoted \r\n> text\r\n> -- \r\n> Ann\r\nMine", "> quoted text\n> -- \n> Ann\nMine")]
    [InlineData("-- \r\nAnn", "-- \nAnn")]
    public void The_line_in_front_of_a_signature_stays(string sent, string text) =>
        Assert.Equal(text, Read($"Content-Type: text/plain; format=flowed\r\n\r\n{sent}\r\n").Text);

    public static TheoryData<string, byte[], string> Charsets => new()
    {
        { "utf-7", "f+APw-r dich"u8.ToArray(), "für dich" },
        { "UTF-7", "1 +- 1 +AD0 2, +2D3cjA-"u8.ToArray(), "1 + 1 = 2, 💌" },
        { "unicode-1-1-utf-7", "f+APw-r"u8.ToArray(), "für" },
        { "koi8_r", [0xf0, 0xd2, 0xc9, 0xd7, 0xc5, 0xd4], "Привет" },
        { "koi8r", [0xf0, 0xd2], "Пр" },
        { "iso8859_15", [0xa4], "€" },
        { "latin-9", [0xa4], "€" },
        { "windows1251", [0xcf, 0xf0], "Пр" },
        { "cp-1251", [0xcf, 0xf0], "Пр" },
        { "win-1251", [0xcf, 0xf0], "Пр" },
        { "cp-850", [0x84], "ä" },
        { "x-sjis", [0x93, 0xfa], "日" },
        { "ms932", [0x93, 0xfa], "日" },
        { "windows-31j", [0x93, 0xfa], "日" },
        { "iso-2022-jp-ms", Encoding.ASCII.GetBytes("\u001b$BF|\u001b(B"), "日" },
        { "euc_jp", [0xc6, 0xfc], "日" },
        { "x-gbk", [0xc8, 0xd5], "日" },
        { "euc_kr", [0xc0, 0xcf], "일" },
        { "uhc", [0xc0, 0xcf], "일" },
        { "big-5", [0xa4, 0xe9], "日" },
        { "tis-620", [0xa1], "ก" },
        { "iso-8859-8-i", [0xe0], "א" },
        { "ansi_x3.4-1968", "a"u8.ToArray(), "a" },
        { "utf8mb4", "ä"u8.ToArray(), "ä" },
        { "x-unknown", "ä"u8.ToArray(), "ä" },
    };

    [Theory]
    [MemberData(nameof(Charsets))]
    public void Charsets_have_many_names(string charset, byte[] text, string read)
    {
        string base64 = Convert.ToBase64String(text);
        byte[] raw = Encoding.ASCII.GetBytes($"Subject: =?{charset}?B?{base64.TrimEnd('=')}?=\r\n"
            + $"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: base64\r\n\r\n{base64}\r\n");
        ImapMessageContent content = Read(raw);
        Assert.Equal(read, content.TextBody);
        Assert.Equal(read, content.Headers[0].Value);
    }

    [Theory]
    [InlineData("=?utf-8?B?WW91ciBjb2RlIGlzIDQ4MTUxNg?=", "Your code is 481516")]
    [InlineData("=?utf-8?B?WW91ciBjb2Rl?= =?utf-8?B?IGlzIDQ4MTUxNg?=", "Your code is 481516")]
    [InlineData("=?utf-7?Q?f+APw-r?=", "für")]
    [InlineData("=?koi8_r?Q?=F0=D2?=", "Пр")]
    [InlineData("=?utf-8*de?Q?f=C3=BCr?=", "für")]
    [InlineData("=?utf-8?Q?a,_b_(c)_<d>?= e", "a, b (c) <d> e")]
    [InlineData("plain =? text ?= =?a?b", "plain =? text ?= =?a?b")]
    [InlineData("=?utf-8?B?ww?= =?utf-8?B?pA?=", "ä")]
    public void Encoded_words_as_they_are_sent(string sent, string text) =>
        Assert.Equal(text, Read($"Subject: {sent}\r\n\r\nx").Headers[0].Value);

    [Theory]
    [InlineData("filename*=utf-8''report%20(1).pdf", "report (1).pdf")]
    [InlineData("filename*=utf-8''report (1).pdf", "report (1).pdf")]
    [InlineData("filename*0*=utf-8''a%20(1; filename*1*=%29.pdf", "a (1).pdf")]
    [InlineData("filename=report (1).pdf", "report (1).pdf")]
    [InlineData("filename=\"=?utf-8?B?cmVwb3J0LnBkZg?=\"", "report.pdf")]
    [InlineData("filename==?utf-8?B?cmVwb3J0LnBkZg?=", "report.pdf")]
    [InlineData("filename=\"=?utf-7?Q?+APw-ber.pdf?=\"", "über.pdf")]
    [InlineData("filename*=koi8_r''%F0%D2.pdf", "Пр.pdf")]
    public void Names_of_files_as_they_are_sent(string sent, string name) => Assert.Equal(name, Assert.Single(
        Read($"Content-Type: application/pdf\r\nContent-Disposition: attachment; {sent}\r\n\r\nx").Attachments).Name);

    [Fact]
    public void Seventy_levels_are_read_to_the_last_that_may_be()
    {
        var raw = new StringBuilder();
        for (int i = 69; i >= 0; i--)
        {
            raw.Append(FormattableString.Invariant($"Content-Type: multipart/mixed; boundary=\"b{i}\"\r\n\r\n--b{i}\r\n"));
        }

        raw.Append("Content-Type: text/plain\r\n\r\nthe bottom\r\n");
        for (int i = 0; i < 70; i++)
        {
            raw.Append(FormattableString.Invariant($"--b{i}\r\nContent-Type: text/plain\r\n\r\nlevel {i}\r\n--b{i}--\r\n"));
        }

        ImapMessageContent content = Read(raw.ToString());
        Assert.True(content.IsTruncated);
        Assert.Contains("level 69", content.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("the bottom", content.Text, StringComparison.Ordinal);
    }

    private static ImapMessageContent Read(string raw) => Read(Encoding.UTF8.GetBytes(raw));

    private static ImapMessageContent Read(byte[] raw) =>
        ContentReader.Read(new MemoryStream(raw), new ImapMessage(), TestContext.Current.CancellationToken);
}
