using ImapPS.Content;
using ImapPS.Models;
using ImapPS.Reading;
using MailKit;
using MimeKit;

namespace ImapPS.Tests.Reading;

/// <summary>What a message costs in memory before anybody looks at it, and after.</summary>
public sealed class AllocationTests
{
    /// <summary>The object, what it tells, and the octets of its header. There is room for one more field, not for a decoded one.</summary>
    private const int MostPerMessage = 1_200;

    private const int Many = 1_000;

    private static readonly SearchResult _found = new("INBOX", 1, []);

    [Fact]
    public void A_message_that_nobody_looks_at_is_not_decoded()
    {
        Read(Summary());
        MessageSummary summary = Summary();
        ImapMessage message = Read(summary);
        int octets = summary.Headers!.Sum(header => header.RawValue.Length);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Many; i++) message = Read(summary);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / Many;

        Assert.InRange(each, octets, MostPerMessage);
        Assert.Equal("Rechnung für März", message.Subject);
    }

    [Fact]
    public void What_was_read_once_is_kept()
    {
        ImapMessage message = Read(Summary());
        Touch(message);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < Many; i++) Touch(message);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void A_subject_alone_costs_no_addresses()
    {
        ImapMessage[] messages = [.. Enumerable.Range(0, Many).Select(_ => Read(Summary()))];
        _ = messages[0].Subject.Length + messages[1].From.Count;
        long ofSubjects = Cost(messages, message => message.Subject.Length);
        long ofAddresses = Cost(messages, message => message.From.Count + message.To.Count);

        Assert.InRange(ofSubjects, 1, 2_500);
        Assert.InRange(ofAddresses, 1, 7_000);
    }

    [Fact]
    public void Texts_alone_have_no_attachments_and_keep_no_structure()
    {
        Assert.False(StructureShape.MayHoldAttachments(new BodyPartText(new ContentType("text", "plain"), "1")));
        Assert.True(StructureShape.MayHoldAttachments(new BodyPartText(new ContentType("text", "calendar"), "1")));
        Assert.True(StructureShape.MayHoldAttachments(
            new BodyPartText(new ContentType("text", "plain") { Name = "a.txt" }, "1")));
        Assert.True(StructureShape.MayHoldAttachments(new BodyPartBasic(new ContentType("image", "png"), "1")));
    }

    [Theory]
    [InlineData("Mon, 2 Mar 2026 10:11:12 +0100", true)]
    [InlineData("02 Mar 2026 10:11:12 -0000", true)]
    [InlineData("Mon, 2 Mar 2026 24:00:00 +0100", false)]
    [InlineData("Mon, 2 Mar 2026 10:11:60 +0100", false)]
    [InlineData("Mon, 2 Mar 0026 10:11:12 +0100", false)]
    [InlineData("Mon, 2 Mar 2026 10:11:12 +01:00", false)]
    [InlineData("Mon, 2 Mar 2026 10:11:12 GMT", false)]
    [InlineData("Mon, 2 Mar 2026 10.11.12 +0100", false)]
    [InlineData("Mon,2 Mar 2026 10:11:12 +0100", false)]
    [InlineData("Mon, 2 Mar 2026 10:11:12 +0100 (CET)", false)]
    [InlineData("2026-03-02T10:11:12", false)]
    [InlineData("", false)]
    public void A_date_as_it_should_be_is_not_looked_at_twice(string text, bool isPlain) => Assert.Equal(isPlain, PlainDate.Is(text));

    [Theory]
    [InlineData("=?utf-8?Q?J=C3=BCrgen_M=C3=BCller?= <juergen@example.org>", true)]
    [InlineData("=?UTF-8?B?UmVjaG51bmc=?= =?iso-8859-1?q?f=FCr?=", true)]
    [InlineData("no word at all =", true)]
    [InlineData("=?utf-8?B?UmVjaG51bmc?=", false)]
    [InlineData("=?utf-8?Q?a<b?=", false)]
    [InlineData("=?utf-8*de?Q?a?=", false)]
    [InlineData("=?utf8?Q?a?=", false)]
    [InlineData("=?utf-7?Q?a?=", false)]
    [InlineData("=?utf-8?Q?a b?=", false)]
    [InlineData("=?utf-8?Q?a", false)]
    [InlineData("=?utf-8?X?a?=", false)]
    [InlineData("=?", false)]
    [InlineData("=?utf-8?", false)]
    [InlineData("=?utf-8?Q", false)]
    public void Encoded_words_as_they_should_be_cost_nothing(string text, bool arePlain)
    {
        byte[] raw = System.Text.Encoding.ASCII.GetBytes(text);
        Assert.Equal(arePlain, PlainWords.AreAll(raw));
        if (arePlain) Assert.Same(raw, EncodedWords.Mend(raw));
    }

    private static long Cost(ImapMessage[] messages, Func<ImapMessage, int> read)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        int sum = 0;
        foreach (ImapMessage message in messages) sum += read(message);
        long each = (GC.GetAllocatedBytesForCurrentThread() - before) / messages.Length;
        Assert.True(sum > 0);
        return each;
    }

    private static void Touch(ImapMessage message) => _ = message.Subject.Length + message.From.Count + message.To.Count + message.Cc.Count
        + message.MessageId.Length + message.InReplyTo.Length + message.Attachments.Count + message.Headers.Count
        + (message.Date is null ? 0 : 1);

    private static ImapMessage Read(MessageSummary summary) => MessageMapping.ToModel(summary, FetchItems.Usual, 1, _found);

    private static MessageSummary Summary() => new(0)
    {
        UniqueId = new UniqueId(1, 2),
        Flags = MessageFlags.Seen,
        Size = 1_234,
        InternalDate = new DateTimeOffset(2026, 3, 2, 10, 11, 12, TimeSpan.Zero),
        Body = new BodyPartText(new ContentType("text", "plain"), "1"),
        Headers = new HeaderList
        {
            { "Date", "Mon, 2 Mar 2026 10:11:12 +0100" },
            { "From", "Jürgen Müller <juergen@example.org>" },
            { "To", "Bob <bob@example.net>, carol@example.net" },
            { "Subject", "Rechnung für März" },
            { "Message-ID", "<one.two@example.org>" },
            { "In-Reply-To", "<zero.one@example.org>" },
        },
    };
}
