using ImapPS.Administration;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Tests.Administration;

public sealed class RawCommandTests
{
    [Theory]
    [InlineData("LOGIN a b")]
    [InlineData("AUTHENTICATE PLAIN")]
    [InlineData("UNAUTHENTICATE")]
    [InlineData("PROXYAUTH bob")]
    [InlineData("STARTTLS")]
    [InlineData("LOGOUT")]
    [InlineData("SELECT INBOX")]
    [InlineData("EXAMINE INBOX")]
    [InlineData("CLOSE")]
    [InlineData("UNSELECT")]
    [InlineData("IDLE")]
    [InlineData("NOTIFY NONE")]
    [InlineData("COMPRESS DEFLATE")]
    [InlineData("ENABLE CONDSTORE")]
    [InlineData("EXPUNGE")]
    public void What_changes_the_picture_of_the_connection_is_refused_however_it_is_written(string command)
    {
        string[] ways = [command, command.ToLowerInvariant(), $"  {command}", $"{command} ", $"UID {command}", $"uid   {command}"];
        foreach (string way in command == "EXPUNGE" ? ways.Take(4) : ways)
        {
            ImapException refused = Assert.Throws<ImapException>(() => RawCommand.Of(way, [], inFolder: true));
            Assert.Equal(ImapErrorId.ArgumentInvalid, refused.Id);
            Assert.NotEmpty(refused.RecommendedAction);
        }
    }

    [Fact]
    public void Nor_does_an_argument_hide_it() =>
        Assert.Throws<ImapException>(() => RawCommand.Of("UID", ["CLOSE"], inFolder: true));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("NOOP\r\nA1 DELETE INBOX")]
    [InlineData("NOOP\n")]
    [InlineData("NOOP \0")]
    [InlineData("NOOP \t")]
    [InlineData("NOOP \x7f")]
    [InlineData("NOOP Gr\u00fc\u00dfe")]
    [InlineData("X {5}")]
    [InlineData("X {5+}")]
    [InlineData("X ~{5}")]
    [InlineData("X {5} ")]
    [InlineData("\"X\" y")]
    [InlineData("1 NOOP")]
    [InlineData("(X)")]
    [InlineData("* BYE")]
    public void What_is_no_command_is_refused(string command) =>
        Assert.Equal(ImapErrorId.ArgumentInvalid,
            Assert.Throws<ImapException>(() => RawCommand.Of(command, [], inFolder: true)).Id);

    [Theory]
    [InlineData("FETCH 1 FLAGS")]
    [InlineData("uid store 1 +FLAGS (x)")]
    [InlineData("UID EXPUNGE 1")]
    [InlineData("search ALL")]
    public void What_works_in_a_folder_needs_one(string command)
    {
        Assert.Throws<ImapException>(() => RawCommand.Of(command, [], inFolder: false));
        Assert.NotEmpty(RawCommand.Of(command, [], inFolder: true).Name);
    }

    [Theory]
    [InlineData("xlist \"\" \"%\"", "XLIST", "XLIST \"\" \"%%\"")]
    [InlineData(" uid  store 1 +FLAGS (a)", "UID STORE", "UID store 1 +FLAGS (a)")]
    [InlineData("UID EXPUNGE 1:3", "UID EXPUNGE", "UID EXPUNGE 1:3")]
    [InlineData("X-A.B_2", "X-A.B_2", "X-A.B_2")]
    public void A_command_goes_as_it_is_given(string text, string name, string format)
    {
        RawCommand command = RawCommand.Of(text, [], inFolder: true);
        Assert.Equal((name, format), (command.Name, command.Format));
    }

    [Fact]
    public void Arguments_are_written_as_IMAP_has_them()
    {
        object?[] arguments =
        [
            "INBOX", "two words", "a\"b\\c", "", "nil", RawCommand.Nil, 5, 6_000_000_000L, new byte[] { 1, 2 }, new byte[] { 0 },
            new string('x', 1001),
            new object?[] { "STORAGE", 512, new object?[] { "a" } }, new FolderPath("Entw\u00fcrfe"), Array.Empty<object>(),
        ];
        RawCommand command = RawCommand.Of("X", arguments, inFolder: false);
        Assert.Equal("X %S %S %S %S %Q NIL 5 6000000000 %L ~%L %L (%S 512 (%S)) %F ()", command.Format);
        Assert.Equal(
            "X INBOX \"two words\" \"a\\\"b\\\\c\" \"\" \"NIL\" NIL 5 6000000000 {2} {1} {1001} (STORAGE 512 (a)) Entw\u00fcrfe ()",
            command.Shown);
        Assert.Equal(11, command.Values.Count);
    }

    [Fact]
    public void What_has_several_lines_is_not_shown()
    {
        RawCommand command = RawCommand.Of("APPEND", ["INBOX", "Subject: x\r\n\r\nGr\u00fc\u00dfe\r\n"], inFolder: false);
        Assert.Equal(("APPEND %S %S", "APPEND INBOX {23}"), (command.Format, command.Shown));
    }

    /// <summary>A variable without a value is no NIL, and no folder of that name.</summary>
    [Fact]
    public void Nothing_is_refused()
    {
        Assert.Throws<ImapException>(() => RawCommand.Of("DELETE", [null], inFolder: false));
        Assert.Throws<ImapException>(() => RawCommand.Of("X", ["a", new object?[] { 1, null }], inFolder: false));
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(true)]
    [InlineData("a\0b")]
    public void Other_arguments_are_refused(object argument) =>
        Assert.Throws<ImapException>(() => RawCommand.Of("X", [argument], inFolder: false));
}
