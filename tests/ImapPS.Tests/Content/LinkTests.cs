using ImapPS.Content;

namespace ImapPS.Tests.Content;

public sealed class LinkTests
{
    public static TheoryData<string, string[]> Texts => new()
    {
        { "See https://example.org/a.", ["https://example.org/a"] },
        { "See (https://example.org/a_(b)), or <https://example.org/c?d=e&f=g>!",
            ["https://example.org/a_(b)", "https://example.org/c?d=e&f=g"] },
        { "HTTP://EXAMPLE.ORG/x, http://example.org/x; and https://example.org", ["http://example.org/x", "https://example.org/"] },
        { "[text](https://example.org/md) and \"https://example.org/q\"", ["https://example.org/md", "https://example.org/q"] },
        { "mailto:a@example.org tel:+49301234567 ftp://example.org/f",
            ["mailto:a@example.org", "tel:+49301234567", "ftp://example.org/f"] },
        { "参照:https://example.jp/確認。次に「https://example.jp/b」", ["https://example.jp/%E7%A2%BA%E8%AA%8D", "https://example.jp/b"] },
        { "https://token.example/abc_ stays whole, https://münchen.example/ too",
            ["https://token.example/abc_", "https://münchen.example/"] },
        { "javascript:alert(1) file:///etc/passwd data:text/html,x https:// http://", [] },
        { "xhttps://example.org/ no word before it", [] },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Addresses_in_a_text(string text, string[] links)
    {
        var found = new LinkCollection();
        found.AddFrom(text);
        Assert.Equal(links.Select(link => new Uri(link).AbsoluteUri), found.Links.Select(link => link.AbsoluteUri));
    }

    [Fact]
    public void Links_of_HTML_each_once_and_none_that_nobody_would_follow()
    {
        var found = new LinkCollection();
        HtmlText.Render(
            """
            <a href="https://example.org/a?b=1&amp;c=2">one</a> <A HREF=' https://example.org/a?b=1&c=2 '>again</A>
            <map><area href=https://example.org/area></map><a href="javascript:alert(1)">no</a><a href="/relative">no</a><a href="#top">no</a>
            <a href="java&#10;script:alert(1)">no</a><a href="data:text/html,x">no</a><a name=x>no</a><a href="">no</a>
            <img src="https://tracker.example/x.gif"><link href="https://example.org/style.css"><a href="mailto:b@example.org">mail</a>
            <a href="https://example.org/shown">https://other.example/</a> https://example.org/plain
            <div style="display:none"><a href="https://example.org/hidden">hidden</a></div>
            """,
            found,
            TestContext.Current.CancellationToken);
        Assert.Equal(
            ["https://example.org/a?b=1&c=2", "https://example.org/area", "mailto:b@example.org", "https://example.org/shown",
                "https://example.org/plain", "https://example.org/hidden"],
            found.Links.Select(link => link.AbsoluteUri));
    }

    [Fact]
    public void Any_number_of_them()
    {
        var found = new LinkCollection();
        found.AddFrom(string.Concat(Enumerable.Range(0, 20_000).Select(i => FormattableString.Invariant($"https://example.org/{i} "))));
        Assert.Equal(10_000, found.Links.Count);
        Assert.True(found.IsTruncated);
    }

    [Fact]
    public void Megabytes_of_brackets()
    {
        var found = new LinkCollection();
        found.AddFrom(string.Concat(Enumerable.Repeat("https://example.org/" + new string(')', 8_000) + " ", 1_000)));
        found.AddFrom("https://" + new string('(', 8_000_000));
        Assert.Single(found.Links);
    }
}
