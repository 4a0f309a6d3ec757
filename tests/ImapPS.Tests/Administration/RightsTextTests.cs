using ImapPS.Administration;
using ImapPS.Models;

namespace ImapPS.Tests.Administration;

/// <summary>Words are rights only if nobody can mean anything else by them.</summary>
public sealed class RightsTextTests
{
    private const string Known = "lrswipkxteacd";

    [Theory]
    [InlineData("lrs", "Reader")]
    [InlineData("Read", "Read")]
    [InlineData("read, WRITE", "Read, Write")]
    [InlineData("Read, te", "Read, DeleteMessage, Expunge")]
    [InlineData("all", "Owner")]
    [InlineData("none", "None")]
    [InlineData("lrswipcda", "Reader, Write, Insert, Post, Administer, Create, Delete")]
    [InlineData("lrwstipekxa", "Owner")]
    [InlineData("lrswipkxtecda", "Owner, Create, Delete")]
    [InlineData("del", null)]
    [InlineData("list", null)]
    [InlineData("data", null)]
    [InlineData("all rights", null)]
    [InlineData("lrl", null)]
    [InlineData("srl", null)]
    [InlineData("LRS", null)]
    [InlineData("Rea", null)]
    [InlineData("lrsn", null)]
    [InlineData("3", null)]
    [InlineData("-1", null)]
    [InlineData("", null)]
    [InlineData("Read,", null)]
    public void Names_and_letters(string text, string? rights) => Assert.Equal(rights, RightsText.Read(text)?.ToString());

    /// <summary>Whatever the letters of an entry are, they mean the same when they are given.</summary>
    [Fact]
    public void Letters_that_are_emitted_are_always_read()
    {
        for (int set = 1; set < 1 << Known.Length; set++)
        {
            string letters = string.Concat(Known.Where((_, at) => (set & (1 << at)) != 0).Reverse());
            ImapFolderPermission permission = RightLetters.Permission(1, "a", "bob", letters);

            // The one set of letters that is a name, too.
            if (permission.Letters != "read") Assert.Equal(permission.Rights, RightsText.Read(permission.Letters));
            Assert.Equal(permission.Rights, RightsText.Read(permission.Rights.ToString()));
            Assert.True(RightsText.AreOfServer(permission.Letters + "n9"));
        }
    }
}
