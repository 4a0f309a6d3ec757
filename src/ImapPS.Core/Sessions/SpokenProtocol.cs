using System;
using System.Collections.Generic;
using System.Text;

namespace ImapPS.Sessions;

/// <summary>Names what a port speaks by its first octets.</summary>
internal static class SpokenProtocol
{
    public const string Imap = "IMAP";

    private static readonly (string Start, string Name)[] _starts =
    [
        ("* OK", Imap),
        ("* PREAUTH", Imap),
        ("* BYE", Imap),
        ("+OK", "POP3"),
        ("-ERR", "POP3"),
        ("SSH-", "SSH"),
        ("HTTP/", "HTTP"),
        ("<html", "HTTP"),
        ("<!DOCTYPE", "HTTP"),
        ("\"IMPLEMENTATION\"", "ManageSieve"),
    ];

    /// <summary>The protocol's name; null when the octets do not tell.</summary>
    /// <param name="line">What the server says first.</param>
    public static string? Name(string line)
    {
        foreach ((string start, string name) in _starts)
        {
            if (line.StartsWith(start, StringComparison.OrdinalIgnoreCase)) return name;
        }

        // Both greet with a reply code and whatever else they like.
        if (IsReply(line, "220") || IsReply(line, "554") || IsReply(line, "421"))
        {
            return Has(line, "FTP") && !Has(line, "SMTP") ? "FTP" : "SMTP";
        }

        return IsReply(line, "200") || IsReply(line, "201") ? "NNTP" : null;
    }

    /// <inheritdoc cref="Name(string)"/>
    public static string? Name(IReadOnlyCollection<byte> octets) => Name(Encoding.ASCII.GetString([.. octets]).TrimStart('\r', '\n'));

    private static bool Has(string line, string word) => line.IndexOf(word, StringComparison.Ordinal) >= 0;

    private static bool IsReply(string line, string code) =>
        line.Length > 3 && line.StartsWith(code, StringComparison.Ordinal) && line[3] is ' ' or '-';
}
