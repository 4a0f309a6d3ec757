using System.Text;
using ImapPS.Tests.Content;

namespace ImapPS.Tests.Fuzzing;

/// <summary>Messages with files inside of a part.</summary>
internal static class EnclosingMessages
{
    private const string Head = "From: Ann <ann@example.org>\r\nSubject: x\r\nMIME-Version: 1.0\r\n";

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
    }.Select(text => Encoding.Latin1.GetBytes(Head + text));

    /// <summary>One whose octets can be changed without their encoding.</summary>
    private static string Tnef7Bit() => "Content-Type: application/ms-tnef\r\nContent-Transfer-Encoding: binary\r\n\r\n"
        + Encoding.Latin1.GetString(Tnef.Build("text", ("x.bin", [4, 5, 6])));
}
