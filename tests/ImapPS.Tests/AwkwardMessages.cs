using System.Text;

namespace ImapPS.Tests;

/// <summary>Messages of every kind that there should not be, in Latin-1, by what is odd about them.</summary>
internal static class AwkwardMessages
{
    public static readonly IReadOnlyDictionary<string, string> ByName = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["plain"] = "From: a@example.org\r\nSubject: plain\r\nMessage-ID: <1@x>\r\n\r\nHello.\r\n",
        ["headerless"] = "\r\nNo header at all.\r\n",
        ["an empty line"] = "\r\n",
        ["only headers"] = "From: a@example.org\r\nSubject: only headers\r\n",
        ["only headers and an empty line"] = "From: a@example.org\r\nSubject: only headers\r\n\r\n",
        ["headers without a last line end"] = "From: a@example.org\r\nSubject: cut",
        ["one line"] = "Subject: one line\r\n",
        ["no last line end"] = "Subject: x\r\n\r\nno end",
        ["many last line ends"] = "Subject: x\r\n\r\nend\r\n\r\n\r\n\r\n",
        ["LF alone"] = "From: a@example.org\nSubject: unix\n\nline\nline\n",
        ["mixed line ends"] = "From: a@example.org\r\nSubject: mixed\n\r\nline\nline\r\nlast",
        ["CR in a line"] = "Subject: a\rb\r\n\r\nc\rd\r\n",
        ["8 bit header"] = "Subject: caf\u00e9\r\nX-\u00ff: \u0080\r\n\r\n\u00ff\u0001\u007f\r\n",
        ["UTF-8"] = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("Subject: 🍲 Süß\r\n\r\nemoji 🎉\r\n")),
        ["a BOM"] = "\u00ef\u00bb\u00bfSubject: bom\r\n\r\nx\r\n",
        ["folded"] = "Subject: a\r\n b\r\n\t c\r\nMessage-ID:\r\n <folded@x>\r\nX-Empty:\r\n \r\n\r\nx\r\n",
        ["begins with a fold"] = " folded what?\r\nSubject: x\r\n\r\nx\r\n",
        ["invalid header lines"] = "no colon here\r\nSubject: x\r\n: no name\r\nSpace : x\r\n=?utf-8?q?x?=\r\n\r\nx\r\n",
        ["begins with From"] = "From someone Mon Mar  2 10:00:00 2026\r\nSubject: x\r\n\r\nFrom here on\r\n"
            + ">From there\r\n\r\nFrom me Mon Mar  2 10:00:00 2026\r\n",
        ["spaces"] = "Subject:  two  spaces \r\nTo:a@example.org\r\n\r\ntrailing \r\n\t\r\n \r\n",
        ["dots"] = "Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n",
        ["a long line"] = "Subject: long\r\n\r\n" + new string('x', 100_000) + "\r\n",
        ["a long header"] = "Subject: " + new string('y', 100_000) + "\r\nX: " + new string('z', 20_000) + "\r\n\r\nx\r\n",
        ["many headers"] = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"X-{i}: {i}\r\n")) + "\r\nx\r\n",
        ["an unclosed multipart"] = "Content-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n--b \r\n"
            + "Content-Type: text/plain\r\n\r\none\r\n--b\t\r\n\r\ntwo",
        ["a closed multipart"] = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n"
            + "\r\none\r\n--b--\r\nepilogue",
        ["no boundary"] = "Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\none\r\n",
        ["a message in a message"] = "Content-Type: message/rfc822\r\n\r\nSubject: inner\n\r\n\r\nFrom x\r\n",
        ["base64 that is none"] = "Content-Transfer-Encoding: base64\r\n\r\n!!!!\r\n=\r\n",
        ["two of each"] = "Subject: a\r\nSubject: b\r\nMessage-ID: <a@x>\r\nMessage-ID: <b@x>\r\nDate: never\r\n\r\nx\r\n",
    };
}
