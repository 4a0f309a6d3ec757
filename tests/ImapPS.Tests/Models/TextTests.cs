namespace ImapPS.Tests.Models;

public sealed class TextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("plain", "plain")]
    [InlineData("emoji 📬 stays", "emoji 📬 stays")]
    [InlineData("a\r\n\tb", "a b")]
    [InlineData("\u001b[31m", "␛[31m")]
    [InlineData("\u007f", "␡")]
    [InlineData("\u009b31m", "\ufffd31m")]
    public void Control_characters_are_shown_not_sent(string? raw, string shown) =>
        Assert.Equal(shown, ImapPS.Models.DisplayText.Printable(raw));

    [Fact]
    public void Half_a_character_is_none() => Assert.Equal("x\ufffdy\ufffd", ImapPS.Models.DisplayText.Printable("x\udc00y\ud83d"));
}
