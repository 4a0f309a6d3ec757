using System.Text;
using ImapPS.Tests.Content;

namespace ImapPS.Tests.Fuzzing;

/// <summary>Messages with files inside of a part.</summary>
internal static class EnclosingMessages
{
    private const string Head = "From: Ann <ann@example.org>\r\nSubject: x\r\nMIME-Version: 1.0\r\n";

    private const string Words = "Content-Type: text/plain\r\n\r\nSee attached.\r\n";

    private static readonly byte[] _file = [.. Enumerable.Range(0, 146).Select(i => (byte)(i * 3))];

    public static IEnumerable<byte[]> All => new[]
    {
        EnclosedTests.Winmail(Tnef.Build("text", ("report.pdf", [1, 2, 3]), ("a/b.txt", "text"u8.ToArray()))),
        Tnef7Bit(),
        $"\r\nHere it is.\r\n\r\n{DecodingTests.Uu(_file, hasBlanks: true, "data file.bin")}\r\n",
        $"Content-Type: application/rtf\r\n\r\n{{\\rtf1\\ansi\\ansicpg1251 \\'cf\\'f0{{\\*\\x y}}\\u8364?\\bin3 abc\\par}}\r\n",
        "Content-Type: text/html\r\n\r\n<html><body><p>a &amp; b<a href='https://example.org/?a=1&amp;b'>c</a>"
            + "<table><tr><td>1</table>\r\n",
        "Content-Type: text/plain; format=flowed; delsp=yes; charset=utf-7\r\n\r\n> +AOk- \r\n> x \r\n-- \r\ny\r\n",
        "Content-Type: text/plain; charset=iso-2022-jp\r\n\r\n\u001b$BF|K\\8l\u001b(B\r\n",
    }.Concat(Signed).Select(text => Encoding.Latin1.GetBytes(Head + text));

    private static IEnumerable<string> Signed
    {
        get
        {
            string files = Mixed(Words, File("a.pdf"), File("a.pdf"), "Content-Type: message/rfc822\r\n\r\nSubject: inner\r\n\r\nx\r\n");
            string odd = Mixed($"\r\n{DecodingTests.Uu(_file, hasBlanks: false, "uu.bin")}", Bomb.Signed(files),
                EnclosedTests.Winmail(Tnef.Build("text", ("b.pdf", [1, 2, 3]))), Bomb.Signed(File("c.pdf")), Bomb.Signed(Words));
            yield return Bomb.Signed(files);
            yield return Unsaid(Bomb.Signed(files));
            yield return Unsaid(Bomb.Signed(Words));
            yield return Bomb.Signed(File("alone.pdf"));
            yield return Mixed(Words, Bomb.Signed(odd), File("beside.pdf"));
            yield return Bomb.Signed(Bomb.Signed(Bomb.Signed(Bomb.Signed(File("deep.pdf")))));
            yield return Bomb.Signed(Bomb.Signed(Bomb.Signed(Bomb.Signed(Unsaid(Bomb.Signed(File("too-deep.pdf")))))));
            yield return Unsaid("Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n\r\nrubbish\r\n");
            yield return "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\n\r\nsecret\r\n";
        }
    }

    /// <summary>A signature that does not say that it is one: to its structure it is a file.</summary>
    private static string Unsaid(string signed) => signed.Replace("; smime-type=signed-data", "", StringComparison.Ordinal);

    private static string File(string name) => $"Content-Type: application/pdf; name={name}\r\n"
        + $"Content-Disposition: attachment; filename={name}\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0\r\n";

    private static string Mixed(params string[] parts)
    {
        string boundary = $"b{parts.Length}";
        return $"Content-Type: multipart/mixed; boundary={boundary}\r\n\r\n"
            + string.Concat(parts.Select(part => $"--{boundary}\r\n{part}\r\n")) + $"--{boundary}--\r\n";
    }

    /// <summary>One whose octets can be changed without their encoding.</summary>
    private static string Tnef7Bit() => "Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        + Encoding.Latin1.GetString(Tnef.Build("text", ("x.bin", [4, 5, 6])));
}
