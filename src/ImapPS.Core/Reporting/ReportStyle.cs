using System;
using System.IO;
using System.Text;
using ImapPS.Files;

namespace ImapPS.Reporting;

/// <summary>The style of the page, which stands in report.css beside this file.</summary>
internal static class ReportStyle
{
    /// <summary>The style. It has none of the characters that XML encodes and HTML does not, in a style.</summary>
    public static string Text { get; } = Read();

    /// <summary>What the Content-Security-Policy names it by: no other style counts.</summary>
    public static string Hash { get; } = "sha256-" + Convert.ToBase64String(Sha256.Of(Encoding.UTF8.GetBytes(Text)));

    private static string Read()
    {
        using Stream stream = typeof(ReportStyle).Assembly.GetManifestResourceStream("ImapPS.Reporting.report.css")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().Replace("\r\n", "\n");
    }
}
