using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace ImapPS.Reporting;

/// <summary>The style of the page, which stands in report.css beside this file.</summary>
internal static class ReportStyle
{
    /// <summary>The style. It has none of the characters that XML encodes and HTML does not, in a style.</summary>
    public static string Text { get; } = Read();

    /// <summary>What the Content-Security-Policy names it by: no other style counts.</summary>
    public static string Hash { get; } = HashOf(Text);

    private static string Read()
    {
        using Stream stream = typeof(ReportStyle).Assembly.GetManifestResourceStream("ImapPS.Reporting.report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }

    private static string HashOf(string text)
    {
        byte[] octets = Encoding.UTF8.GetBytes(text);
#if NET
        byte[] hash = SHA256.HashData(octets);
#else
        using var sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(octets);
#endif
        return "sha256-" + Convert.ToBase64String(hash);
    }
}
