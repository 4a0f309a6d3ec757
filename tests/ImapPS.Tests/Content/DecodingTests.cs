using System.Globalization;
using System.Text;
using ImapPS.Content;
using MimeKit;

namespace ImapPS.Tests.Content;

/// <summary>No octet is lost, and none is made up.</summary>
public sealed class DecodingTests
{
    private const string Footer = "_______________________________________________\nlistname mailing list\nlistname@lists.example.org\n"
        + "https://lists.example.org/mailman/listinfo/listname\n";

    [Fact]
    public void Base64_of_every_length_and_with_every_footer()
    {
        byte[] all = [.. Enumerable.Range(0, 200).Select(i => (byte)(i * 37))];
        string[] footers = ["", "\n", Footer, "\n" + Footer, "\n\n-- \nSent from my list\n", "__________\n" + Footer,
            "To unsubscribe send mail to list-request@example.org\n", "--\nYou receive this because you subscribed.\n",
            "==========================\nScanned by nobody.\n"];
        for (int length = 1; length <= all.Length; length++)
        {
            string base64 = Convert.ToBase64String(all, 0, length);
            foreach (string footer in footers)
            {
                foreach (int width in (int[])[76, 60, 1_000])
                {
                    string lines = string.Concat(base64.Chunk(width).Select(chunk => new string(chunk) + "\n"));
                    Assert.Equal(all[..length], Decode("base64", lines + footer));
                    Assert.Equal(all[..length], Decode("base64", lines.TrimEnd('\n').TrimEnd('=') + "\n" + footer));
                }
            }
        }
    }

    [Theory]
    [InlineData("SGVsbG8gd29ybGQ", "Hello world")]
    [InlineData("SGVsbG8gd29ybGQ=\n", "Hello world")]
    [InlineData("SGVs bG8g\td29y bGQ=", "Hello world")]
    [InlineData("SGVsbG8=\nIHdvcmxk\n", "Hello world")]
    [InlineData("SGVsbG8=IHdvcmxk", "Hello world")]
    [InlineData("\n\nSGVsbG8gd29ybGQ\n\n", "Hello world")]
    [InlineData("SGVsb*G8gd29*ybGQ=", "Hello world")]
    [InlineData("This text is not encoded at all.\nReally not.", "This text is not encoded at all.\nReally not.")]
    [InlineData("=", "")]
    [InlineData("S", "")]
    public void Base64_as_it_is_sent(string encoded, string text) =>
        Assert.Equal(text, Encoding.UTF8.GetString(Decode("base64", encoded)));

    [Fact]
    public void Uuencode_whose_blanks_were_stripped()
    {
        for (int length = 0; length <= 200; length++)
        {
            byte[] octets = [.. Enumerable.Range(0, length).Select(i => i % 7 < 4 ? (byte)0 : (byte)(i * 11))];
            foreach (bool hasBlanks in (bool[])[true, false])
            {
                string encoded = Uu(octets, hasBlanks);
                Assert.Equal(octets, Decode("x-uuencode", encoded));
                Assert.Equal(octets, Decode("uuencode", string.Join("\n", encoded.Split('\n').Select(line => line.TrimEnd(' ')))));
            }
        }
    }

    /// <summary>A file as uuencode writes it: a zero is a backtick, or a blank.</summary>
    internal static string Uu(byte[] octets, bool hasBlanks, string name = "data.bin")
    {
        char Char(int value) => value == 0 && !hasBlanks ? '`' : (char)(' ' + value);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"begin 644 {name}\n"));
        foreach (byte[] line in octets.Chunk(45))
        {
            text.Append(Char(line.Length));
            foreach (byte[] three in line.Chunk(3))
            {
                int bits = three[0] << 16 | (three.Length > 1 ? three[1] << 8 : 0) | (three.Length > 2 ? three[2] : 0);
                text.Append(Char(bits >> 18)).Append(Char((bits >> 12) & 63)).Append(Char((bits >> 6) & 63)).Append(Char(bits & 63));
            }

            text.Append('\n');
        }

        return text.Append("`\nend\n").ToString();
    }

    private static byte[] Decode(string encoding, string encoded)
    {
        byte[] raw = Encoding.Latin1.GetBytes(
            $"Content-Type: application/octet-stream\nContent-Transfer-Encoding: {encoding}\n\n{encoded}");
        using var entity = (MimePart)MimeEntity.Load(new MemoryStream(raw), TestContext.Current.CancellationToken);
        using Stream decoded = PartContent.Open(entity.Content!);
        using var octets = new MemoryStream();
        decoded.CopyTo(octets);
        return octets.ToArray();
    }
}
