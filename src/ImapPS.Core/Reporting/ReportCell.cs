namespace ImapPS.Reporting;

/// <summary>A piece of text in the page.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsFromMail">Whether it comes from mail or from the server.</param>
internal sealed record ReportCell(string Text, bool IsFromMail = false)
{
    public static ReportCell FromMail(string text) => new(text, IsFromMail: true);

    /// <summary>The value of a group; where it has none, the word that Measure-ImapFolder uses.</summary>
    public static ReportCell Value(string text) => text.Length == 0 ? new ReportCell("(none)") : FromMail(text);

    public static ReportCell Number(long number) => new(ReportText.Number(number));

    public static ReportCell Size(long octets) => new(ReportText.Size(octets));

    public static implicit operator ReportCell(string text) => new(text);

    public void Write(PageWriter page)
    {
        if (IsFromMail) page.Mail(Text);
        else page.Text(Text);
    }
}
