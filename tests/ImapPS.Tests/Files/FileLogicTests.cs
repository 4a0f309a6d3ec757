using System.Text;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Models;
using ImapPS.Transfers;

namespace ImapPS.Tests.Files;

/// <summary>Names that are taken, templates, and line ends.</summary>
public sealed class FileLogicTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imapps-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Equal_names_get_numbers_also_when_only_their_case_is_equal()
    {
        File.WriteAllText(At("Report.eml"), "");
        File.WriteAllText(At("report (3).eml"), "");
        var names = new FileNames(ExistingFile.Number);
        Assert.Equal(["report (2).eml", "REPORT (4).eml", "Report (5).eml", "other.eml"],
            Claim(names, "report", "REPORT", "Report", "other"));
        Assert.Equal("report.eml", Path.GetFileName(names.Claim(At("below"), "report", ".eml", _ => false).Path));
    }

    [Fact]
    public void A_number_finds_room_in_a_long_name()
    {
        var names = new FileNames(ExistingFile.Number);
        string longest = new('x', 300);
        Assert.Equal([new string('x', 251) + ".eml", new string('x', 247) + " (2).eml"], Claim(names, longest, longest));
    }

    [Fact]
    public void Refused_or_overwritten()
    {
        File.WriteAllText(At("report.eml"), "");
        ImapException exists = Assert.Throws<ImapException>(() => Claim(new FileNames(ExistingFile.Refuse), "report"));
        Assert.Equal(ImapErrorId.FileExists, exists.Id);
        Assert.Equal(At("report.eml"), exists.Target);

        // What this run saved itself is never overwritten.
        Assert.Equal(["report.eml", "report (2).eml"], Claim(new FileNames(ExistingFile.Overwrite), "report", "report"));
        Assert.Equal(["new.eml", "New (2).eml"], Claim(new FileNames(ExistingFile.Refuse), "new", "New"));
    }

    [Theory]
    [InlineData("{Subject}", "Hello_ World")]
    [InlineData("{uid:D5}-{From}", "00042-alice@example.org")]
    [InlineData("{Folder}/{Date:yyyy}/{MessageId}", "Archive_2025|2026|one@example.org")]
    [InlineData(@"a\b", "a|b")]
    [InlineData("{{{Uid}}}", "{42}")]
    [InlineData("../{Uid}", "|42")]
    [InlineData("{Uid}.eml", "42")]
    [InlineData("a.EML/{Uid:X}.Eml", "a.EML|2A")]
    [InlineData("{Date:tt}", "PM")]
    public void Templates(string template, string expected)
    {
        var message = new ImapMessage
        {
            Uid = 42,
            Subject = "Hello: World",
            Folder = "Archive/2025",
            MessageId = "one@example.org",
            From = ImapAddressList.Of([new ImapAddress("Alice", "alice@example.org")]),
            Received = new DateTimeOffset(2026, 3, 2, 12, 30, 0, TimeSpan.Zero),
        };
        Assert.Equal(expected, string.Join('|', new NameTemplate(template).Expand(message)));
    }

    [Theory]
    [InlineData("{Size}")]
    [InlineData("{Subject")]
    [InlineData("Subject}")]
    [InlineData("{Subject:D5}")]
    [InlineData("{Received:%}")]
    [InlineData("{Uid}/")]
    [InlineData("{Uid:zz}")]
    [InlineData("{Uid:E0}")]
    [InlineData("{Received:QQ}")]
    [InlineData(".eml")]
    [InlineData("/{Uid}")]
    public void Templates_that_are_none(string template) =>
        Assert.Equal(ImapErrorId.ArgumentInvalid, Assert.Throws<ImapException>(() => new NameTemplate(template)).Id);

    [Theory]
    [InlineData("a\r\nb\r\n", "a\nb\n")]
    [InlineData("From x\r\n>From y\r\n>>From z\r\n From w\r\nFromm\r\n>Fro", ">From x\n>>From y\n>>>From z\n From w\nFromm\n>Fro")]
    [InlineData("a\rb\r\r\n\nc\r", "a\rb\r\n\nc\r")]
    [InlineData("\r\nFrom \r\nFrom", "\n>From \nFrom")]
    [InlineData("", "")]
    public void Mbox_quotes_From_and_has_the_line_ends_of_Unix(string text, string expected)
    {
        // Whole, and octet by octet: no line is sure to arrive in one piece.
        foreach (int size in new[] { 1, 3, 100_000 })
        {
            using var target = new MemoryStream();
            using var stream = new UnixTextStream(target, quotesFrom: true);
            foreach (byte[] piece in Encoding.ASCII.GetBytes(text).Chunk(size)) stream.Write(piece, 0, piece.Length);
            stream.Finish();
            Assert.Equal(expected, Encoding.ASCII.GetString(target.ToArray()));
        }
    }

    [Fact]
    public void A_file_that_is_not_committed_leaves_nothing()
    {
        using (var file = new PendingFile(_folder))
        {
            file.Write([1, 2, 3], 0, 3);
            Assert.Single(Directory.GetFiles(_folder));
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(28, ImapErrorId.DiskFull)]
    [InlineData(unchecked((int)0x80070070), ImapErrorId.DiskFull)]
    [InlineData(13, ImapErrorId.FileNotSaved)]
    public void A_full_disk_is_told_apart(int code, ImapErrorId id) =>
        Assert.Equal(id, Failures.FileNotSaved("x", new IOException("…", code)).Id);

    [Fact]
    public void Estimates()
    {
        Assert.Equal(30, TransferMeter.Estimate(25, 100, TimeSpan.FromSeconds(10)));
        Assert.Equal(0, TransferMeter.Estimate(110, 100, TimeSpan.FromSeconds(10)));
        Assert.Equal(-1, TransferMeter.Estimate(0, 100, TimeSpan.FromSeconds(10)));
        Assert.Equal(-1, TransferMeter.Estimate(1, 100, TimeSpan.FromMilliseconds(400)));
        Assert.Equal(-1, TransferMeter.Estimate(50, 0, TimeSpan.FromSeconds(10)));
    }

    private string At(string name) => Path.Combine(_folder, name);

    private List<string> Claim(FileNames names, params string[] stems) =>
        [.. stems.Select(stem => Path.GetFileName(names.Claim(_folder, stem, ".eml", _ => false).Path))];
}
