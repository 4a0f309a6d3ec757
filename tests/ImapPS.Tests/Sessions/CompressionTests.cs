using System.Net;
using ImapPS.Models;
using ImapPS.Sandbox;
using ImapPS.Sessions;

namespace ImapPS.Tests.Sessions;

/// <summary>A Dovecot that compresses, as Debian's does with its plugin.</summary>
public sealed class CompressingServer : IAsyncLifetime
{
    private DovecotServer? _server;

    /// <summary>What makes it compress.</summary>
    public static DovecotOptions Options { get; } = new()
    {
        ExtraConfiguration = ["mail_plugins = zlib", "protocol imap {\n  mail_plugins = zlib imap_zlib\n}"],
    };

    public MailServer Mail => new(_server!);

    public async ValueTask InitializeAsync() => _server = await DovecotServer.StartAsync(Options, TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => _server!.DisposeAsync();
}

/// <summary>COMPRESS=DEFLATE (RFC 4978) against a real server.</summary>
public sealed class CompressionTests(CompressingServer server) : ModuleTest(server.Mail), IClassFixture<CompressingServer>
{
    private const int Many = 600;

    [Fact]
    public void Text_takes_less_than_half_of_the_octets_and_comes_whole()
    {
        Deliver();
        long plain = Read("Off");
        long compressed = Read("On");
        Assert.InRange(compressed, 1, plain / 2);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-Compression Off")]
    public void On_this_computer_nothing_is_compressed_unless_that_is_wanted(string parameters)
    {
        Succeed($"$null = {Connecting} {parameters}");
        Assert.Equal(0, Proxy.Count("COMPRESS"));
        Assert.False(IsCompressed);
    }

    [Fact]
    public void TLS_is_told_of_as_ever_and_nothing_is_compressed_before_the_login()
    {
        Succeed("$null = Connect-Imap localhost -Port $tlsPort -Security Tls -CertificateThumbprint $thumbprint -Credential $credential "
            + "-Compression On");
        Assert.StartsWith("TLS 1", Succeed("(Get-ImapSession | Where-Object IsDefault).Security")[0].ToString(), StringComparison.Ordinal);
        Assert.True(IsCompressed);
        Succeed("Get-ImapFolder | Out-Null; Disconnect-Imap");

        Succeed($"$null = {Connecting} -Compression On");
        Assert.Equal(["AUTHENTICATE", "COMPRESS"],
            Proxy.Commands.Select(command => command.Verb).Where(verb => verb is "AUTHENTICATE" or "COMPRESS"));
    }

    [Fact]
    public void A_connection_that_is_opened_again_and_one_beside_it_are_compressed_too()
    {
        Deliver();
        Connect("-Compression On");
        Succeed("Get-ImapMessage -First 1 | Out-Null");
        Proxy.CutAll();
        Assert.Equal(Many, Succeed("Get-ImapMessage").Count);
        Assert.Equal(1, Proxy.Count("COMPRESS"));
        Assert.True(IsCompressed);

        Run("Wait-ImapMessage INBOX -Subject 'none at all' -TimeoutSeconds 1");
        Assert.Equal(2, Proxy.Count("COMPRESS"));
    }

    /// <summary>A proxy on this computer says nothing of how far away the server is.</summary>
    [Theory]
    [InlineData(0, false)]
    [InlineData(15, true)]
    public async Task A_long_way_is_compressed_by_itself(int milliseconds, bool expected)
    {
        await using OutboundProxy proxy = await OutboundProxy.StartSocksAsync(user: null, password: null, Cancellation);
        Proxy.Delay = TimeSpan.FromMilliseconds(milliseconds);
        Succeed($"$null = {Connecting} -Proxy $url", ("url", proxy.Url));
        Assert.Equal(expected, IsCompressed);
    }

    [Fact]
    public async Task Changes_arrive()
    {
        Deliver();
        User.CreateFolder("Work");
        Connect("-Compression On");
        Succeed("Get-ImapMessage | Move-ImapMessage Work; Get-ImapMessage Work | Set-ImapMessage -Flagged");
        Assert.Equal(Many, await CountAsync("Work"));
        Assert.All(await StateAsync("Work"), line => Assert.Contains("\\Flagged", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(ImapCompression.Auto, "192.0.2.1", 19.9, false)]
    [InlineData(ImapCompression.Auto, "192.0.2.1", 20.0, true)]
    [InlineData(ImapCompression.Auto, "2001:db8::1", 80.0, true)]
    [InlineData(ImapCompression.Auto, "192.0.2.1", null, false)]
    [InlineData(ImapCompression.Auto, null, 80.0, false)]
    [InlineData(ImapCompression.Auto, "127.0.0.1", 80.0, false)]
    [InlineData(ImapCompression.Auto, "::1", 80.0, false)]
    [InlineData(ImapCompression.Auto, "::ffff:127.0.0.1", 80.0, false)]
    [InlineData(ImapCompression.On, "127.0.0.1", 0.0, true)]
    [InlineData(ImapCompression.Off, "192.0.2.1", 80.0, false)]
    public void When_a_connection_is_compressed(ImapCompression wanted, string? peer, double? milliseconds, bool expected) =>
        Assert.Equal(expected, Compression.IsWanted(wanted, peer is null ? null : IPAddress.Parse(peer),
            milliseconds is { } time ? TimeSpan.FromMilliseconds(time) : null));

    [Fact]
    public void The_quickest_answer_tells_what_the_line_takes()
    {
        using var log = new SessionLog(null);
        using var clock = new LinkClock(log);
        Assert.Null(clock.RoundTrip);
        byte[] line = Octets("* OK ready\r\n");
        clock.LogConnect(new Uri("imap://localhost"));
        clock.LogServer(line, 0, line.Length);
        Assert.Null(clock.RoundTrip);

        byte[] command = Octets("A00000001 NOOP\r\n");
        clock.LogClient(command, 0, command.Length);
        clock.LogServer(line, 0, line.Length);
        TimeSpan? first = clock.RoundTrip;
        Assert.NotNull(first);

        // What comes without a question does not count.
        clock.LogServer(line, 0, line.Length);
        Assert.Equal(first, clock.RoundTrip);
        Assert.Equal(1, clock.Answers);
    }

    private static string Connecting =>
        "Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential -RetryDelaySeconds 0";

    private bool IsCompressed => (bool)Succeed("(Get-ImapSession | Where-Object IsDefault).IsCompressed")[0].BaseObject;

    private void Deliver() => User.DeliverMany("INBOX", Many, i => new SeedMessage(Message(Text($"the report of day {i}"),
        body: string.Concat(Enumerable.Range(0, i % 60).Select(line => Text($"Line {line} of a text with some words in it.\r\n"))))));

    /// <summary>Lists and reads all; how many octets that took.</summary>
    private long Read(string compression)
    {
        Connect("-Compression " + compression);
        IReadOnlyList<object> lengths = [.. Succeed("Get-ImapMessage | Get-ImapMessageContent | ForEach-Object { $_.Text.Length }")];
        Assert.Equal(Many, lengths.Count);
        Succeed("Disconnect-Imap");
        return Proxy.BytesToClient;
    }
}
