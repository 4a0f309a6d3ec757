using ImapPS.Content;

namespace ImapPS.Tests.Content;

public sealed class HtmlTests
{
    public static TheoryData<string, string> Pages => new()
    {
        { "<p>One</p><p>Two<br>lines</p>", "One\n\nTwo\nlines" },
        { "<h1>Title</h1><div>a</div><div>b &amp; c &lt;d&gt; &euro; &#x1F600;</div>", "Title\n\na\nb & c <d> € 😀" },
        { "before<ul><li>one<li><p>two</p><li>three <b>bold</b></ul>after", "before\n\n- one\n- two\n- three bold\n\nafter" },
        { "<table><tr><th>Item</th><th>Price</th></tr><tr><td>Soup</td><td>3.50</td></tr></table>", "Item Price\nSoup 3.50" },
        { "<title>t</title><style>p{color:red}</style><script>alert('<p>x</p>')</script><!-- c --><p>shown</p><![if !mso]>also<![endif]>",
            "shown\n\nalso" },
        { "<div style='DISPLAY : none'>preheader</div><p hidden>x<p>text<span style='visibility:hidden'>y</span>", "text" },
        { "<pre>  a\n    b</pre>", "  a\n    b" },
        { "no tags at all\nbut two lines", "no tags at all but two lines" },
        { "a&nbsp;b&shy;c&#8203;d &zwj;", "a bcd \u200d" },
        { "<p>unclosed <b>and <i>crossed</b></i> <a href=x>&xyz; &", "unclosed and crossed &xyz; &" },
        { "<select><option>1</select><object>x</object><svg><text>drawn</text></svg>seen", "drawnseen" },
        { "", "" },
        { "<", "<" },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public void What_a_person_reads(string html, string text) => Assert.Equal(text, Render(html));

    [Theory]
    [InlineData("<div>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<ul><li>")]
    [InlineData("<b>")]
    [InlineData("<blockquote>")]
    [InlineData("<p>")]
    [InlineData("<a href='https://example.org/'>")]
    [InlineData("<span style='display:none'>")]
    [InlineData("</div>")]
    public void A_hundred_thousand_deep(string tag)
    {
        string text = Render("<p>first</p>" + string.Concat(Enumerable.Repeat(tag, 100_000)) + "last");
        Assert.StartsWith("first", text, StringComparison.Ordinal);
        if (!tag.Contains("none", StringComparison.Ordinal)) Assert.EndsWith("last", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<p>some words &amp; more</p>\n", 10_000_000)]
    [InlineData("<", 2_000_000)]
    [InlineData("&", 10_000_000)]
    [InlineData("<br>", 2_000_000)]
    [InlineData("<!--", 2_000_000)]
    [InlineData("<a ", 2_000_000)]
    [InlineData(" \n", 10_000_000)]
    [InlineData("<td></p></div><table>", 2_000_000)]
    public void Megabytes(string piece, int length)
    {
        // Nothing to compare with but an end: the tests' own time limit is the judge.
        Assert.NotNull(Render(string.Concat(Enumerable.Repeat(piece, length / piece.Length))));
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => HtmlText.Render("<p>x</p>", new LinkCollection(), stop.Token));
    }

    private static string Render(string html) => HtmlText.Render(html, new LinkCollection(), TestContext.Current.CancellationToken);
}
