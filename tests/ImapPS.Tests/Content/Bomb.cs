using System.Globalization;
using System.Text;
using Org.BouncyCastle.Cms;

namespace ImapPS.Tests.Content;

/// <summary>Writes messages that are made to take more memory than they have octets.</summary>
internal static class Bomb
{
    private const string Html = "Content-Type: text/html\r\n\r\n<p>first</p>";
    private const string Plain = "Content-Type: text/plain\r\n\r\nfirst\r\n";

    public static void Write(string name, string directory)
    {
        using FileStream file = File.Create(Path.Combine(directory, name));
        Write(name, text => file.Write(Encoding.Latin1.GetBytes(text)));
    }

    private static string Beginning(string name) => name switch
    {
        "an attribute without an end" => "<a href=\"",
        "a tag without an end" => "<",
        "a title without an end" => "<title>",
        "a section without an end" => "<![CDATA[",
        "a script without an end" => "<script><!--",
        _ => "",
    };

    private static void Write(string name, Action<string> write)
    {
        switch (name)
        {
            case "paragraphs":
                write(Html);
                Repeat("<p>a", 1_000_000);
                break;
            case "sixteen megabytes of HTML":
                write(Html);
                Repeat("<p>some words &amp; <b>more</b>\n", 520_000);
                break;
            case "a word of sixteen megabytes":
            case "an attribute without an end":
            case "a tag without an end":
            case "a title without an end":
            case "a section without an end":
            case "a script without an end":
                write(Html + Beginning(name));
                Repeat(new string('x', 16_384), 1_024);
                break;
            case "links of HTML":
                write(Html);
                for (int i = 0; i < 200_000; i++)
                {
                    write(string.Create(CultureInfo.InvariantCulture, $"<a href=\"http://x.example/{i}\">y</a>"));
                }

                break;
            case "entities":
                write(Html);
                Repeat("&#x1f600;&amp;", 280_000);
                break;
            case "attributes of one tag":
                write(Html + "<p ");
                Repeat("a b=c ", 650_000);
                write(">x</p>");
                break;
            case "tags within each other":
                write(Html);
                Repeat("<ul><li>", 500_000);
                break;
            case "sixteen megabytes of text":
                write(Plain);
                Repeat("some words\r\n", 1_600_000);
                break;
            case "links":
                write(Plain);
                for (int i = 0; i < 2_000; i++)
                {
                    write(string.Create(CultureInfo.InvariantCulture, $"https://example.org/{i}/{new string('x', 8_000)}\r\n"));
                }

                break;
            case "flowed":
                write("Content-Type: text/plain; format=flowed\r\n\r\nfirst\r\n");
                Repeat(">>>> word \r\n", 1_000_000);
                break;
            case "empty parts":
                write("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst\r\n");
                Repeat("--b\n\n", 1_400_000);
                break;
            case "parts of text":
                write("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst\r\n");
                Repeat("--b\r\nContent-Type: text/html\r\n\r\n<p>a\r\n", 200_000);
                break;
            case "messages within messages":
                write("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst\r\n--b\r\n");
                Repeat("Content-Type: message/rfc822\r\n\r\n", 200_000);
                break;
            case "multiparts within multiparts":
                write("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst\r\n");
                for (int i = 0; i < 100_000; i++)
                {
                    write(string.Create(CultureInfo.InvariantCulture,
                        $"--b{(i == 0 ? "" : i)}\r\nContent-Type: multipart/mixed; boundary=b{i + 1}\r\n\r\n"));
                }

                break;
            case "header lines":
                Repeat("X-Many: x\r\n", 1_000_000);
                write("\r\nfirst\r\n");
                break;
            case "a header of a hundred megabytes":
                write("Subject: x\r\nX-Long: x");
                Repeat(new string('x', 10_000), 10_000);
                write("\r\n\r\nfirst\r\n");
                break;
            case "a parameter in pieces":
                write("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst\r\n--b\r\nContent-Disposition: attachment");
                for (int i = 0; i < 60_000; i++) write(string.Create(CultureInfo.InvariantCulture, $";\r\n filename*{i}=\"a\""));
                write("\r\n\r\nx\r\n--b--\r\n");
                break;
            case "signatures within signatures":
                WriteBeside(write, Signed(
                    Enumerable.Range(0, 40).Aggregate("Content-Type: text/plain\r\n\r\ndeep\r\n", (inner, _) => Signed(inner))));
                break;
            case "signatures beside each other":
                WriteBeside(write, [
                    .. Enumerable.Repeat(Signed("Content-Type: image/png; name=x.png\r\n\r\n" + new string('x', 4_000_000)), 6)]);
                break;
            case "a signature of levels":
                // A SignedData whose set of algorithms holds sets, one in the other.
                WriteBeside(write, Wrapped(
                    [.. SignedDataHead(), .. Enumerable.Repeat<byte[]>([0x31, 0x80], 1_000_000).SelectMany(set => set)]));
                break;
            case "a signature of empty elements":
                WriteBeside(write, Wrapped(
                    [.. SignedDataHead(), 0x31, 0x80, .. Enumerable.Repeat<byte[]>([0x05, 0x00], 4_000_000)
                    .SelectMany(element => element)]));
                break;
            case "a winmail.dat of text":
                WriteBeside(write, Winmail(Tnef.Build(new string('x', 15_000_000))));
                break;
            case "a winmail.dat of files":
                WriteBeside(write, Winmail(
                    Tnef.Build("x", [.. Enumerable.Range(0, 100_000)
                    .Select(i => (i.ToString(CultureInfo.InvariantCulture), Array.Empty<byte>()))])));
                break;
            case "uuencoded":
                write("Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 x\r\n");
                Repeat("M" + new string('`', 60) + "\r\n", 100_000);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such bomb.");
        }

        void Repeat(string piece, int times)
        {
            string block = string.Concat(Enumerable.Repeat(piece, Math.Min(times, 1_000)));
            for (int i = 0; i < times / Math.Min(times, 1_000); i++) write(block);
        }
    }

    private static byte[] SignedDataHead() =>
        [0x30, 0x80, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02, 0xa0, 0x80, 0x30, 0x80, 0x02, 0x01, 0x01];

    private static void WriteBeside(Action<string> write, params string[] parts)
    {
        write("Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst\r\n");
        foreach (string part in parts) write($"--b\r\n{part}\r\n");
        write("--b--\r\n");
    }

    internal static string Signed(string content) =>
        Wrapped(new CmsSignedDataGenerator().Generate(new CmsProcessableByteArray(Encoding.Latin1.GetBytes(content)), encapsulate: true)
            .GetEncoded());

    private static string Wrapped(byte[] cms) =>
        $"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\nContent-Transfer-Encoding: "
            + $"base64\r\n\r\n{Convert.ToBase64String(cms, Base64FormattingOptions.InsertLineBreaks)}\r\n";

    private static string Winmail(byte[] tnef) =>
        $"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + $"{Convert.ToBase64String(tnef, Base64FormattingOptions.InsertLineBreaks)}\r\n";
}
