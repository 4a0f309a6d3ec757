using ImapPS.Search;

namespace ImapPS.Tests.Reading;

public sealed class LiteralPieceTests
{
    [Theory]
    [InlineData("*weekly*", "weekly")]
    [InlineData("*a weekly report*", "weekly report")]
    [InlineData("Invoice ?? of [0-9]*", "Invoice of")]
    [InlineData("*Zürich*ab*", "rich ab")]
    [InlineData("*Zürich*", "rich")]
    [InlineData("*`*`[x`]*", "*[x]")]
    [InlineData("*", "")]
    [InlineData("???", "")]
    [InlineData("[abc]", "")]
    [InlineData("[unclosed and so on", "")]
    [InlineData("Billing * <*>", "Billing")]
    public void What_a_server_can_look_for_of_a_wildcard(string wildcard, string expected) =>
        Assert.Equal(expected, string.Join(' ', LiteralPiece.OfWildcard(wildcard, PieceRules.None)));

    [Theory]
    [InlineData("*@example.org", "example org")]
    [InlineData("john.doe@*", "john doe")]
    public void Comments_may_stand_within_an_address(string wildcard, string expected) =>
        Assert.Equal(expected, string.Join(' ', LiteralPiece.OfWildcard(wildcard, PieceRules.IsStructured)));
}
