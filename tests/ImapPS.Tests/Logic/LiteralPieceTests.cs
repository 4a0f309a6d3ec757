using ImapPS.Search;

namespace ImapPS.Tests.Logic;

public sealed class LiteralPieceTests
{
    [Theory]
    [InlineData("*weekly*", "weekly")]
    [InlineData("*a weekly report*", "weekly")]
    [InlineData("Invoice ?? of [0-9]*", "Invoice")]
    [InlineData("*@example.org", "@example.org")]
    [InlineData("*Zürich*ab*", "ab")]
    [InlineData("*Zürich*", "Zürich")]
    [InlineData("*`*`[x`]*", "*[x]")]
    [InlineData("*", null)]
    [InlineData("???", null)]
    [InlineData("[abc]", null)]
    [InlineData("[unclosed and so on", null)]
    [InlineData("Billing * <*>", "Billing")]
    public void The_longest_piece_that_a_server_can_look_for(string wildcard, string? expected) =>
        Assert.Equal(expected, LiteralPiece.LongestOf(wildcard));
}
