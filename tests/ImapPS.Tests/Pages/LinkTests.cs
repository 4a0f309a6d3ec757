using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Pages;

/// <summary>Every link of every page leads somewhere. PackageTests holds that it does so in the package as well.</summary>
public sealed partial class LinkTests
{
    public static TheoryData<string> Pages => [.. PageFiles.All];

    [Theory]
    [MemberData(nameof(Pages))]
    public void No_link_is_dead(string page) => Assert.Equal([], Links(page).Where(link => !Resolves(page, link)));

    [Theory]
    [InlineData("What goes wrong", "what-goes-wrong")]
    [InlineData("163, 126 and QQ", "163-126-and-qq")]
    [InlineData("GMX and WEB.DE", "gmx-and-webde")]
    [InlineData("From `-Filter` to SEARCH", "from--filter-to-search")]
    [InlineData("The server's answers", "the-servers-answers")]
    public void The_anchor_of_a_heading(string heading, string anchor) => Assert.Equal(anchor, Anchor(heading));

    private static bool Resolves(string page, string link)
    {
        if (link.Contains(':', StringComparison.Ordinal))
        {
            return Uri.TryCreate(link, UriKind.Absolute, out Uri? address) && address.Scheme is "https" or "mailto";
        }

        string[] parts = link.Split('#', 2);
        string target = parts[0].Length == 0 ? Path.Combine(Repository.Root, page)
            : Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, parts[0]));
        if (!File.Exists(target) && !(Directory.Exists(target) && parts.Length == 1)) return false;
        return parts.Length == 1 || Anchors(File.ReadAllText(target)).Contains(parts[1], StringComparer.Ordinal);
    }

    private static IEnumerable<string> Links(string page) =>
        Link().Matches(Prose(PageFiles.Text(page))).Select(link => link.Groups["target"].Value);

    private static IEnumerable<string> Anchors(string text) =>
        Heading().Matches(Fence().Replace(text.ReplaceLineEndings("\n"), "")).Select(heading => Anchor(heading.Groups["text"].Value));

    /// <summary>As GitHub makes it: small letters, spaces are hyphens, and no punctuation.</summary>
    private static string Anchor(string heading) =>
        NoAnchor().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    /// <summary>The text without code, in which brackets mean something else.</summary>
    private static string Prose(string text) => Code().Replace(Fence().Replace(text, ""), "`");

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|<(?<target>https?://[^>\s]+)>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^#{1,6} (?<text>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"^```.*?^```$", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`[^`\n]+`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\p{L}\p{N} _-]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex NoAnchor();
}
