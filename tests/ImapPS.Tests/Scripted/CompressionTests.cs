using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>Servers that offer to compress, and do otherwise.</summary>
public sealed class CompressionTests : ScriptedTest
{
    private const string Message = "From: Ada <ada@example.org>\r\nSubject: One\r\n\r\nHello.\r\n";

    public CompressionTests()
    {
        Server.Capabilities += " COMPRESS=DEFLATE";
        Server.Mailbox.Deliver("INBOX", Message);
    }

    [Fact]
    public void One_that_compresses()
    {
        Connect("-Compression On");
        Assert.Single(Succeed("Get-ImapMessage INBOX"));
        Assert.True(IsCompressed);
        Assert.Equal(1, Server.Count("COMPRESS"));
    }

    [Fact]
    public void One_that_does_not_offer_it_is_not_asked()
    {
        Server.Capabilities = Server.Capabilities.Replace(" COMPRESS=DEFLATE", "", StringComparison.Ordinal);
        Connect("-Compression On");
        Assert.Single(Succeed("Get-ImapMessage INBOX"));
        Assert.False(IsCompressed);
        Assert.Equal(0, Server.Count("COMPRESS"));
    }

    [Theory]
    [InlineData("NO not now", 1)]
    [InlineData("BAD what?", 1)]
    [InlineData("NO [COMPRESSIONACTIVE] TLS does it", 2)]
    [InlineData("NO [UNAVAILABLE] Later", 2)]
    public void Where_it_is_refused_the_session_goes_on_without(string answer, int asked)
    {
        Server.On("COMPRESS", answer);
        Connect("-Compression On -RetryCount 1");
        Assert.Single(Succeed("Get-ImapMessage INBOX"));
        Assert.False(IsCompressed);

        // Nor does the next connection ask for what is refused for good.
        Server.CutAll();
        Assert.Single(Succeed("Get-ImapMessage INBOX"));
        Assert.Equal(asked, Server.Count("COMPRESS"));
    }

    [Fact]
    public void One_that_ends_the_connection_over_it_is_connected_to_again_without()
    {
        Server.On("COMPRESS", ScriptedReply.Cut);
        Connect("-Compression On");
        Assert.Single(Succeed("Get-ImapMessage INBOX"));
        Assert.False(IsCompressed);
        Assert.Equal(1, Server.Count("COMPRESS"));
        Assert.Equal(2, Server.Connections);
    }

    [Fact]
    public async Task One_that_says_nonsense_after_it_is_connected_to_again_without()
    {
        Server.On("COMPRESS", "OK so be it");
        Connect("-Compression On");
        await Server.SayAsync("* OK this is not compressed", Cancellation);
        Assert.Single(Succeed("Get-ImapMessage INBOX"));
        Assert.False(IsCompressed);
        Assert.Equal(1, Server.Count("COMPRESS"));
        Assert.Equal(2, Server.Connections);
    }

    /// <summary>What a thousand octets blow up to a million of is bounded as what comes as it is.</summary>
    [Theory]
    [InlineData("* OK ")]
    [InlineData("* 1 FETCH (FLAGS (")]
    [InlineData("* STATUS INBOX (X {2000000000}\r\n")]
    public void An_answer_that_blows_up_without_an_end_is_cut(string start)
    {
        Connect("-Compression On");
        Succeed("Get-ImapFolder INBOX | Out-Null");
        string piece = new('x', 1_000_000);
        int sent = 0;
        Server.On("STATUS", ScriptedReply.Stream(_ => Enumerable.Repeat(piece, 20_000).Select(text =>
        {
            sent++;
            return text;
        }).Prepend(start)));
        long before = GC.GetTotalMemory(forceFullCollection: true);
        EngineResult result = Run("Get-ImapFolder INBOX");
        AssertError(result, "ProtocolError");
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64_000_000);

        // Deflated, a million octets are a thousand: the network's buffers hold some hundred of them, and not twenty thousand.
        Assert.InRange(sent, 0, 19_999);
        Server.ClearRules();
        Succeed("Get-ImapFolder INBOX | Out-Null");
        Assert.True(IsCompressed);
    }

    private bool IsCompressed => (bool)Succeed("(Get-ImapSession | Where-Object IsDefault).IsCompressed")[0].BaseObject;
}
