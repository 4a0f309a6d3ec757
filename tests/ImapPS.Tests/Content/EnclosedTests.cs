using System.Text;
using ImapPS.Content;

namespace ImapPS.Tests.Content;

/// <summary>Rich text, and files that are inside a part: in a winmail.dat, or uuencoded within the text.</summary>
public sealed class EnclosedTests(MailServer mail) : ModuleTest(mail)
{
    private const string Head = "From: Ann <ann@example.org>\r\nSubject: x\r\nMIME-Version: 1.0\r\n";

    // The example of MS-OXRTFCP, 4.1.1.
    private static readonly byte[] _packed = Convert.FromHexString(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0");

    private string Folder => Path.Combine(Dovecot.Directory, "saved", User.Name);

    private string[] Saved => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)] : [];

    [Fact]
    public void Files_in_a_winmail_dat_are_saved()
    {
        User.Deliver("INBOX", Head + Winmail(Tnef.OfRichText(_packed, ("report.pdf", [1, 2, 3]), ("a/b.txt", "text"u8.ToArray()))));
        Connect();
        Assert.Equal("hello world", Assert.Single(Succeed("(Get-ImapMessage | Get-ImapMessageContent).Text")).ToString());
        Succeed("Get-ImapMessage | Save-ImapAttachment $to", ("to", Folder));
        Assert.Equal(["a_b.txt", "report.pdf"], Saved);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(Folder, "report.pdf")));
        Assert.Equal("text", File.ReadAllText(Path.Combine(Folder, "a_b.txt")));

        Succeed("Get-ImapMessage | Save-ImapAttachment $to -SkipExisting", ("to", Folder));
        Assert.Equal(["a_b.txt", "report.pdf"], Saved);
        Succeed("Get-ImapMessage | Save-ImapAttachment $to -Part 1 -Name *.pdf -Force", ("to", Folder));
        Assert.Equal(["a_b.txt", "report.pdf"], Saved);
        Succeed("Get-ImapMessage | Save-ImapAttachment $to -Name winmail.dat", ("to", Folder));
        Assert.Equal(["a_b.txt", "report.pdf", "winmail.dat"], Saved);
    }

    [Fact]
    public void A_winmail_dat_without_files_is_a_file()
    {
        User.Deliver("INBOX", Head + Winmail(Tnef.Build("only text")));
        Connect();
        Assert.Equal("winmail.dat",
            Assert.Single(Succeed("(Get-ImapMessage | Get-ImapMessageContent).Attachments.Name")).ToString());
        Succeed("Get-ImapMessage | Save-ImapAttachment $to", ("to", Folder));
        Assert.Equal(["winmail.dat"], Saved);
    }

    [Fact]
    public void Files_within_the_text_are_listed_and_saved()
    {
        byte[] octets = [.. Enumerable.Range(0, 146).Select(i => (byte)(i * 3))];
        string encoded = DecodingTests.Uu(octets, hasBlanks: true, "data file.bin").Replace("\n", "\r\n", StringComparison.Ordinal);
        User.Deliver("INBOX", Head + $"\r\nHere it is.\r\n\r\n{encoded}\r\nbegin 644 of the next\r\nno file\r\n");
        Connect();
        Succeed("$content = Get-ImapMessage | Get-ImapMessageContent");
        Assert.Equal("Here it is.\n\n\nbegin 644 of the next\nno file", Assert.Single(Succeed("$content.Text")).ToString());
        Assert.Equal("1 data file.bin 146",
            Assert.Single(Succeed("$content.Attachments | ForEach-Object { $_.Part + ' ' + $_.Name + ' ' + $_.Size }")).ToString());
        Succeed("$content | Save-ImapAttachment $to", ("to", Folder));
        Assert.Equal(["data file.bin"], Saved);
        Assert.Equal(octets, File.ReadAllBytes(Path.Combine(Folder, "data file.bin")));
    }

    [Fact]
    public void Files_inside_a_signature_are_saved()
    {
        const string Inner = "Content-Type: multipart/related; boundary=i\r\n\r\n"
            + "--i\r\nContent-Type: text/html\r\n\r\n<img src='cid:1@x'>\r\n"
            + "--i\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAQID\r\n"
            + "--i\r\nContent-Type: image/png; name=logo.png\r\nContent-ID: <1@x>\r\n\r\nx\r\n--i--\r\n";
        User.Deliver("INBOX", Head + Bomb.Signed(Inner));
        User.Deliver("INBOX", Head + "Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\n\r\nSee there.\r\n"
            + $"--o\r\n{Bomb.Signed(Inner)}\r\n--o\r\nContent-Type: application/pdf; name=b.pdf\r\n\r\nb\r\n--o--\r\n");
        Connect();
        Succeed("$content = Get-ImapMessage | Get-ImapMessageContent");
        Assert.Equal(["1 1.2 a.pdf", "2 2.2 a.pdf", "2 3 b.pdf"],
            Succeed("$content | ForEach-Object { $m = $_; $m.Attachments | ForEach-Object { \"$($m.Uid) $($_.Part) $($_.Name)\" } }")
                .Select(line => line.ToString()));

        Assert.Equal(["a.pdf", "a (2).pdf", "b.pdf"], Files("$content | Save-ImapAttachment $to -PassThru"));
        Assert.Equal([1, 2, 3], File.ReadAllBytes(Path.Combine(Folder, "a.pdf")));
        Assert.Empty(Files("$content | Save-ImapAttachment $to -SkipExisting -PassThru"));
        Assert.Equal(["a.pdf", "a (2).pdf"], Files("$content | Save-ImapAttachment $to -Name a* -Force -PassThru"));
        Assert.Equal(["a.pdf", "logo.png", "smime.p7m"], Files("$content[0] | Save-ImapAttachment $to -Inline -Force -PassThru"));
        Assert.Equal(["smime.p7m"], Files("$content[0] | Save-ImapAttachment $to -Part 1 -Force -PassThru"));
        Assert.Equal(["a.pdf"], Files("Get-ImapMessage -Uid 2 | Save-ImapAttachment $to -Part 2.2 -Force -PassThru"));
        Assert.Equal(["b.pdf"], Files("Get-ImapMessage | Save-ImapAttachment $to -Force -PassThru"));
    }

    public static TheoryData<string, string> RichTexts => new()
    {
        { @"{\rtf1\ansi\ansicpg1252\pard hello\par world}", "hello\nworld" },
        { @"{\rtf1\ansi\ansicpg1251 \'cf\'f0\'e8}", "При" },
        { @"{\rtf1\ansi\ansicpg932 \'93\'fa}", "日" },
        { @"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}\f1 \'cf{\f0 \'e4}\'f0}", "Пäр" },
        { @"{\rtf1\uc1 f\u252?r \u-10179?\u-9137? \uc0\u8364 x}", "für 👏 €x" },
        { @"{\rtf1{\*\generator nobody;}{\info{\author x}}{\stylesheet{\s0 Normal;}}a\tab b\line \{c\}\\\~d}", "a\tb\n{c}\\\u00a0d" },
        { @"{\rtf1\ansi\fromhtml1{\*\htmltag64 <p>}\htmlrtf \par \htmlrtf0 text{\*\htmltag72 </p>}}", "\ntext" },
        { @"{\rtf1 {\field{\*\fldinst HYPERLINK x}{\fldrslt shown}}{\pict\bin4 }}}}}z}", "shownz" },
        { @"\rtf1 }}}} {\'", " " },
        { "", "" },
    };

    [Theory]
    [MemberData(nameof(RichTexts))]
    public void Rich_text_without_its_looks(string rtf, string text) =>
        Assert.Equal(text, RtfText.Of(Encoding.Latin1.GetBytes(rtf), Cancellation));

    [Fact]
    public void Packed_rich_text_is_unpacked_and_bounded()
    {
        Assert.Equal("{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n", Encoding.ASCII.GetString(RtfCompression.Unpack(_packed, 1_000)));
        byte[] bomb = [.. _packed[..16], .. Enumerable.Repeat<byte>(0, 20).SelectMany(i => new byte[] { 0xff, 0, 0x0f, 0, 0x0f })];
        Assert.InRange(RtfCompression.Unpack(bomb, 100).Length, 0, 120);
        for (int at = 0; at < _packed.Length; at++)
        {
            byte[] lying = [.. _packed];
            lying[at] = 0xff;
            Assert.InRange(RtfCompression.Unpack(lying, 1_000).Length, 0, 1_020);
            Assert.InRange(RtfCompression.Unpack(_packed[..at], 1_000).Length, 0, 1_020);
        }
    }

    private string[] Files(string script) => [.. Succeed(script, ("to", Folder)).Select(file => Property<string>(file, "Name"))];

    internal static string Winmail(byte[] octets) =>
        "Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Disposition: attachment; filename=winmail.dat\r\n"
            + $"Content-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(octets, Base64FormattingOptions.InsertLineBreaks)}\r\n";
}
