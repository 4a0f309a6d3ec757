using System.Globalization;
using System.Text;

namespace ImapPS.Tests.Content;

/// <summary>
/// Messages as programs write them, one out of each number: kinds of parts, dispositions, names, ids and nesting, in all combinations.
/// </summary>
internal sealed class Corpus
{
    private const int Deepest = 4;

    private static readonly string[] _leaves =
    [
        "text/plain; charset=utf-8", "text/plain; charset=utf-8; format=flowed", "text/html; charset=utf-8",
        "text/csv", "text/calendar; method=REQUEST",
        "text/x-patch", "text/rtf", "text/xml", "text/vcard", "text/markdown", "text/x-amp-html", "text/rfc822-headers", "TEXT/PLAIN",
        "application/pdf", "application/octet-stream", "application/ics", "application/vnd.ms-excel", "application/zip", "application/rtf",
        "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-encrypted",
        "application/pgp-keys", "application/pkcs7-mime; smime-type=enveloped-data", "application/pkcs7-mime; smime-type=signed-data",
        "application/applefile", "image/jpeg", "image/png", "image/svg+xml", "audio/mpeg", "video/mp4", "font/woff2", "text/css",
        "message/rfc822", "message/delivery-status", "message/disposition-notification", "message/feedback-report", "x-nobody/knows", "",
        "nonsense", "text", "text/plain; utf-8", "text/plain; charset", "application/pdf;", "application/pdf; x=(a comment) y",
        "image/png; name=\"unclosed", "text/plain/x", "=?utf-8?Q?text/plain?=",
    ];

    private static readonly string[] _containers =
    [
        "mixed", "mixed", "mixed", "alternative", "alternative", "related", "related", "signed", "report", "encrypted", "appledouble",
        "digest", "parallel", "x-unknown",
    ];

    private static readonly string[] _dispositions = ["", "", "inline", "attachment", "INLINE", "Attachment", "form-data"];

    private static readonly string[] _names =
    [
        "", "", "", "invoice.pdf", "IMG_1.jpeg", "log.txt", "report (1).csv", "utf-8''%C3%BCber.pdf", "=?utf-8?B?w7xiZXIucGRm?=", "noname",
        "a b_", "r(1).csv_",
    ];

    private readonly Random _random;
    private int _boundaries;

    private Corpus(int seed) => _random = new Random(seed);

    /// <summary>The message of that number, always the same.</summary>
    public static string Message(int number)
    {
        var corpus = new Corpus(number);
        string head = string.Create(CultureInfo.InvariantCulture,
            $"From: Ann <ann@example.org>\r\nTo: bob@example.org\r\nDate: Mon, 02 Mar 2026 10:00:00 +0100\r\nSubject: corpus {number}\r\n");
        return head + "MIME-Version: 1.0\r\n" + (corpus.IsOneIn(8) ? corpus.Leaf() : corpus.Container(0));
    }

    private string Entity(int level) => level < Deepest && IsOneIn(3) ? Container(level) : Leaf();

    private string Container(int level)
    {
        string kind = One(_containers);
        string boundary = string.Create(CultureInfo.InvariantCulture, $"=_{_boundaries++}_b");
        string parameters = kind switch
        {
            "signed" => "; protocol=\"application/pkcs7-signature\"; micalg=sha-256",
            "encrypted" => "; protocol=\"application/pgp-encrypted\"",
            "report" => "; report-type=delivery-status",
            "related" when IsOneIn(3) => "; start=\"<1@corpus>\"; type=\"text/html\"",
            _ => string.Empty,
        };
        var text = new StringBuilder($"Content-Type: multipart/{kind}; boundary=\"{boundary}\"{parameters}\r\n");
        if (IsOneIn(10)) text.Append("Content-Disposition: inline\r\n");
        text.Append("\r\nThis is a message in MIME.\r\n");
        int count = IsOneIn(20) ? 0 : _random.Next(1, 5);
        for (int i = 0; i < count; i++)
        {
            // What such a multipart mostly holds, or anything.
            string part = (kind, i) switch
            {
                ("alternative", 0) when !IsOneIn(3) => "Content-Type: text/plain; charset=utf-8\r\n\r\nHello.\r\n",
                ("alternative", 1) when !IsOneIn(3) => "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Hello.</p>\r\n",
                ("related", 0) when !IsOneIn(3) => "Content-Type: text/html\r\nContent-ID: <1@corpus>\r\n\r\n<p>Hello.</p>\r\n",
                ("mixed", 0) when !IsOneIn(3) => "Content-Type: text/plain\r\n\r\nHello.\r\n",
                _ => Entity(level + 1),
            };
            text.Append("--").Append(boundary).Append("\r\n").Append(part).Append("\r\n");
        }

        return IsOneIn(20) ? text.ToString() : text.Append("--").Append(boundary).Append("--\r\n").ToString();
    }

    private string Leaf()
    {
        string type = One(_leaves);
        string name = One(_names);
        string disposition = One(_dispositions);
        bool isNamedByType = name.Length > 0 && (disposition.Length == 0 || IsOneIn(2));
        var text = new StringBuilder();
        if (type.Length > 0) text.Append("Content-Type: ").Append(type).Append(isNamedByType ? Parameter("name", name) : "").Append("\r\n");
        if (disposition.Length > 0)
        {
            text.Append("Content-Disposition: ").Append(disposition)
                .Append(name.Length > 0 && !(isNamedByType && IsOneIn(3)) ? Parameter("filename", name) : "").Append("\r\n");
        }

        if (IsOneIn(3)) text.Append(CultureInfo.InvariantCulture, $"Content-ID: <{_random.Next(1, 4)}@corpus>\r\n");
        else if (IsOneIn(6)) text.Append("Content-Location: https://example.org/logo.png\r\n");
        if (type == "message/rfc822" && IsOneIn(6)) text.Append("Content-Transfer-Encoding: base64\r\n");
        return text + "\r\n" + (type == "message/rfc822"
            ? "From: ann@example.org\r\nSubject: forwarded\r\n\r\nforwarded text\r\n" : "some text\r\n");
    }

    private static string Parameter(string name, string value) => value.StartsWith("utf-8''", StringComparison.Ordinal)
        ? $"; {name}*={value}" : value.EndsWith('_') ? $"; {name}={value}" : $"; {name}=\"{value}\"";

    private bool IsOneIn(int many) => _random.Next(many) == 0;

    private string One(string[] choice) => choice[_random.Next(choice.Length)];
}
