using ImapPS.Content;
using ImapPS.Models;

namespace ImapPS.Tests.Content;

/// <summary>
/// Messages that are made to take more memory than they have octets. They run in a process whose heap ends early
/// (<see cref="BombProcessTests"/>), where too much is an OutOfMemoryException, and a stack that overflows the end; on their own they prove
/// nothing, so nothing else runs them.
/// </summary>
public sealed class BombTests
{
    /// <summary>The directory where the messages are (<see cref="Bomb"/>).</summary>
    public const string DirectoryVariable = "IMAPPS_TEST_BOMBS";

    /// <summary>What it is, and whether all of it can be read.</summary>
    public static TheoryData<string, bool> Bombs => new()
    {
        { "paragraphs", false },
        { "sixteen megabytes of HTML", true },
        { "a word of sixteen megabytes", true },
        { "an attribute without an end", true },
        { "a tag without an end", true },
        { "a title without an end", true },
        { "a section without an end", true },
        { "a script without an end", true },
        { "links of HTML", true },
        { "entities", false },
        { "attributes of one tag", false },
        { "tags within each other", false },
        { "sixteen megabytes of text", true },
        { "links", true },
        { "flowed", true },
        { "empty parts", true },
        { "parts of text", true },
        { "messages within messages", true },
        { "multiparts within multiparts", true },
        { "header lines", true },
        { "a header of a hundred megabytes", true },
        { "a parameter in pieces", false },
        { "signatures within signatures", true },
        { "signatures beside each other", true },
        { "a signature of levels", true },
        { "a signature of empty elements", true },
        { "a winmail.dat of text", false },
        { "a winmail.dat of files", true },
        { "uuencoded", false },
    };

    [Theory(Explicit = true)]
    [MemberData(nameof(Bombs))]
    public void A_message_costs_no_more_than_its_budget(string name, bool isTruncated)
    {
        // Each begins with a heap that the one before has left.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);

        // As it comes out of the spool: not in memory.
        using FileStream raw = File.OpenRead(Path.Combine(Environment.GetEnvironmentVariable(DirectoryVariable)!, name));
        ImapMessageContent content = ContentReader.Read(raw, new ImapMessage(), TestContext.Current.CancellationToken);
        Assert.Equal(isTruncated, content.IsTruncated);
        if (name is not ("header lines" or "a header of a hundred megabytes" or "uuencoded"))
        {
            Assert.StartsWith("first", content.Text, StringComparison.Ordinal);
        }
    }
}
