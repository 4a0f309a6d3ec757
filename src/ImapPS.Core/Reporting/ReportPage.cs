using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Reporting;

/// <summary>The page of a report: one file of HTML that asks for nothing, and runs nothing.</summary>
internal static class ReportPage
{
    /// <summary>Writes the page.</summary>
    public static void Write(MailboxReport report, Stream stream)
    {
        using var page = new PageWriter(stream);
        using (page.Open("html", ("lang", "en")))
        {
            WriteHead(page, report);
            using (page.Open("body"))
            {
                WriteHeader(page, report);
                using (page.Open("main"))
                {
                    WriteFigures(page, report.Tally);
                    using (page.Open("div", ("class", "cards")))
                    {
                        foreach (ReportSection section in Sections(report)) section.Write(page);
                    }
                }

                WriteFooter(page, report.Tally);
            }
        }
    }

    private static IEnumerable<ReportSection> Sections(MailboxReport report)
    {
        MailboxTally tally = report.Tally;
        ReportSection[] time = [.. TimeSections.Of(tally)];
        return
        [
            FolderSections.Folders(tally), time[0], MessageSections.Senders(tally), time[1], MessageSections.Lists(tally),
            MessageSections.Sizes(tally), time[2], time[3], MessageSections.AttachmentTypes(tally), MessageSections.AttachmentSizes(tally),
            FolderSections.Copies(tally), .. FolderSections.Quota(report.Quotas), .. FolderSections.Uncounted(report.Uncounted),
        ];
    }

    private static void WriteHead(PageWriter page, MailboxReport report)
    {
        using (page.Open("head"))
        {
            page.Empty("meta", ("charset", "utf-8"));
            page.Empty("meta", ("http-equiv", "Content-Security-Policy"),
                ("content", $"default-src 'none'; style-src '{ReportStyle.Hash}'; base-uri 'none'; form-action 'none'"));
            page.Empty("meta", ("name", "referrer"), ("content", "no-referrer"));
            page.Empty("meta", ("name", "color-scheme"), ("content", "light dark"));
            page.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            page.Element("title", $"Mailbox of {DisplayText.Printable(report.UserName)}");
            page.Element("style", ReportStyle.Text);
        }
    }

    private static void WriteHeader(PageWriter page, MailboxReport report)
    {
        page.Line();
        using (page.Open("header"))
        {
            page.Element("p", "Mailbox report", ("class", "kind"));
            using (page.Open("h1")) page.Mail(report.UserName);
            using (page.Open("p", ("class", "place")))
            {
                page.Text("On ");
                page.Mail(report.Server);
                page.Text($", {DisplayText.Count(report.Tally.Folders.Count, "folder")}, as of ");
                DateTimeOffset now = report.Tally.Now;
                page.Element("time", now.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture),
                    ("datetime", now.ToString("yyyy-MM-dd'T'HH:mmzzz", CultureInfo.InvariantCulture)));
            }
        }
    }

    /// <summary>The numbers that say most.</summary>
    private static void WriteFigures(PageWriter page, MailboxTally tally)
    {
        MessageGroup all = tally.Total;
        AttachmentGroup attachments = tally.Attachments.Total;
        IReadOnlyList<(string Folder, long Count, long Size)> copies = tally.Copies.Costs();
        page.Line();
        using (page.Open("dl", ("class", "figures"), ("aria-label", "Totals")))
        {
            Figure("Messages", ReportText.Number(all.Count), all.Count == 0 ? "none" : ReportText.Days(all.Oldest, all.Newest));
            Figure("Size", ReportText.Size(all.Size), $"{ReportText.Size(all.Size / Math.Max(1, all.Count))} on average");
            Figure("Unread", ReportText.Number(all.Unread), $"{ReportText.Percent(all.Unread, all.Count)} of the messages");
            Figure("Attachments", ReportText.Number(attachments.Count), $"{ReportText.Size(attachments.Size)} as transferred");
            Figure("Copies", ReportText.Number(copies.Sum(copy => copy.Count)), $"{ReportText.Size(copies.Sum(copy => copy.Size))} in all");
        }

        void Figure(string name, string value, string note)
        {
            using (page.Open("div"))
            {
                page.Element("dt", name);
                using (page.Open("dd"))
                {
                    page.Element("span", value, ("class", "amount"));
                    page.Element("span", note, ("class", "note"));
                }
            }
        }
    }

    private static void WriteFooter(PageWriter page, MailboxTally tally)
    {
        string zone = tally.Now.ToString("zzz", CultureInfo.InvariantCulture);
        page.Line();
        page.Element("footer", "Sizes are those that the server tells (RFC822.SIZE); 1 KB is 1,024 octets. Times are those of receipt, in "
            + $"local time (UTC{zone}). A year of age is 365 days. Made with Export-ImapReport of ImapPS.");
    }
}
