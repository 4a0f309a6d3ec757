using ImapPS.Sandbox;

namespace ImapPS.Tests.Consoles;

public sealed class TourPageTests
{
    /// <summary>`dotnet run --project tests/Sandbox -- record` mends the page; look at what changed.</summary>
    [Fact]
    public async Task The_tour_shows_what_the_console_shows()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        await using DovecotServer server = await DovecotServer.StartAsync(cancellationToken: cancellation);
        MailUser alice = server.CreateUser("alice");
        DemoMailbox.Fill(alice, DateTimeOffset.UtcNow);
        string page = await File.ReadAllTextAsync(TourPage.FilePath, cancellation);

        string played = await TourPage.PlayAsync(page, SandboxAccess.For(alice), cancellation);

        Assert.Equal(TourPage.Normalize(page), TourPage.Normalize(played));
    }
}
