using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Models;

/// <summary>A size has the unit that suits it, and one place says which.</summary>
public sealed class SizeTests
{
    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(512, "512 B")]
    [InlineData(1_023, "1,023 B")]
    [InlineData(1_024, "1.0 KB")]
    [InlineData(1_023_999, "1.0 MB")]
    [InlineData(50_646_221, "48.3 MB")]
    [InlineData(5_368_709_120, "5.0 GB")]
    [InlineData(long.MaxValue, "8,388,608.0 TB")]
    public void The_unit_suits_it(long octets, string shown)
    {
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture;
        Assert.Equal(shown, ImapPS.Models.DisplayText.Size(octets));
    }

    [Fact]
    public void A_small_transfer_is_not_nothing()
    {
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture;
        var meter = new ImapPS.Transfers.TransferMeter("message") { KnowsTotal = true };
        meter.Received(800);
        meter.Finished();
        Assert.Equal("1 message, 800 B", meter.Status);
        meter.Expect(3, 5_000_000);
        Assert.Equal("1 of 3 messages, 800 B of 4.8 MB", meter.Status);
    }

    [Fact]
    public void Nobody_else_formats_one()
    {
        IEnumerable<string> files = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src"), "*.*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".cs" or ".ps1xml"
                && !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        Assert.DoesNotContain(files, path => Regex.IsMatch(File.ReadAllText(path), @"\} [KMGT]i?B\b"));
    }
}
