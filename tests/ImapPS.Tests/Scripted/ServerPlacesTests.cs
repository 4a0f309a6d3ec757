using ImapPS.Models;
using ImapPS.Sandbox;
using ImapPS.Sessions;

namespace ImapPS.Tests.Scripted;

/// <summary>Where the server takes no more connections, the next one waits for one of the process to be closed.</summary>
public sealed class ServerPlacesTests : ScriptedTest
{
    private const string There =
        "127.0.0.1 -Port $port -Security None -AllowPlaintext -Credential $credential -RetryCount 1 -RetryDelaySeconds 60";

    [Theory]
    [InlineData("NO [LIMIT] Too many connections")]
    [InlineData("NO [ALERT] Too many simultaneous connections. (Failure)")]
    [InlineData("NO [UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)")]
    public async Task A_session_that_closes_in_another_runspace_makes_room(string answer)
    {
        Succeed($"$sessions = 1..20 | ForEach-Object {{ Connect-Imap {There} -Name \"session $_\" -WarningAction Ignore }}");
        using var other = new PowerShellEngine(Options);

        // More often than there are retries, and each time a minute would pass.
        Server.On("LOGIN", answer, times: 3);
        Task<EngineResult> opening = other.InvokeAsync($"(Connect-Imap {There}).State", Variables(), Cancellation);
        await Server.WaitForAsync(server => server.Count("LOGIN") == 21, Cancellation);
        for (int closed = 0; closed < 20 && !opening.IsCompleted; closed++)
        {
            // Whoever was refused may not wait yet.
            Succeed($"Disconnect-Imap $sessions[{closed}]");
            await Task.WhenAny(opening, Task.Delay(TimeSpan.FromMilliseconds(50), Cancellation));
        }

        Assert.Equal("Open", Assert.Single((await opening).Output).ToString());
    }

    [Fact]
    public async Task Each_who_leaves_wakes_one_in_their_order()
    {
        ServerPlaces places = ServerPlaces.Of(new ServerAddress("places.example", 1, ImapSecurity.None, null));
        using var gone = new CancellationTokenSource();
        Task<bool> first = places.WaitAsync(TimeSpan.FromHours(1), Cancellation);
        Task<bool> second = places.WaitAsync(TimeSpan.FromHours(1), gone.Token);
        Task<bool> third = places.WaitAsync(TimeSpan.FromHours(1), Cancellation);
        Task<bool> fourth = places.WaitAsync(TimeSpan.Zero, Cancellation);
        Assert.False(await fourth);

        places.Left();
        Assert.True(await first);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.False(third.IsCompleted);
        places.Left();
        Assert.True(await third);
        places.Left();
        Assert.False(await places.WaitAsync(TimeSpan.Zero, Cancellation));
    }
}
