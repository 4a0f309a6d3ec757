using System.Xml.Linq;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Consoles;

/// <summary>docs/pictures/*.svg.</summary>
public sealed class PictureTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>`dotnet run --project tests/Sandbox -- pictures` mends the pictures; look at what changed.</summary>
    [Fact]
    public async Task The_pictures_show_what_the_console_shows()
    {
        await using DovecotServer server = await DovecotServer.StartAsync(cancellationToken: Cancellation);
        foreach ((ConsolePicture picture, string svg) in await ConsolePictures.DrawAsync(server, Cancellation))
        {
            string committed = await File.ReadAllTextAsync(picture.FilePath, Cancellation);
            Assert.Equal(ConsolePictures.Text(committed), ConsolePictures.Text(svg));
            Assert.All(picture.Statements, statement =>
                Assert.Contains($"PS> {statement}", string.Join('\n', Shown(committed)), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Each_of_them_stands_on_the_front_page()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
        Assert.All(ConsolePicture.All, picture => Assert.Contains($"](docs/pictures/{picture.Name}.svg)", page, StringComparison.Ordinal));
        Assert.Equal(ConsolePicture.All.Select(picture => picture.FilePath).Order(),
            Directory.GetFiles(Path.Combine(Repository.Root, "docs", "pictures"), "*.svg")
                .Where(file => Path.GetFileName(file) != "icon.svg").Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_browser_asks_for_nothing_and_nothing_is_wrong(bool isDark)
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("imapps-picture-");
        string picture = Path.Combine(directory.FullName, "picture.png");
        BrowserVisit visit = await HeadlessBrowser.OpenAsync(
            ConsolePicture.All[0].FilePath, new BrowserView(920, 700, isDark), picture, Cancellation);
        long size = new FileInfo(picture).Length;
        directory.Delete(recursive: true);
        Assert.Equal([], visit.Complaints);
        Assert.Equal([], visit.Requests);
        Assert.InRange(size, 10_000, 1_000_000);
    }

    /// <summary>The lines, each run of text behind as many spaces as its place says.</summary>
    private static IEnumerable<string> Shown(string svg) =>
        XDocument.Parse(svg).Root!.Elements().Where(element => element.Name.LocalName == "text").Select(line =>
        {
            string text = "";
            foreach (XElement run in line.Elements())
            {
                double x = double.Parse(run.Attribute("x")!.Value, System.Globalization.CultureInfo.InvariantCulture);
                text = text.PadRight((int)Math.Round((x - 18) / 8.4)) + run.Value;
            }

            return text;
        });
}
