using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using ImapPS.Discovery;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Tests.Pages;

namespace ImapPS.Tests.Discovery;

/// <summary>docs/connecting.md: what it says is what the module does. SnippetTests run its lines.</summary>
public sealed partial class ConnectingPageTests
{
    private const string Page = "docs/connecting.md";

    private static readonly string _page = PageFiles.Text(Page);

    [Fact]
    public void Every_error_that_it_names_is_one() =>
        Assert.All(ErrorIds().Matches(_page), id => Assert.Contains(id.Groups["id"].Value, Enum.GetNames<ImapErrorId>()));

    [Fact]
    public void Every_known_domain_leads_to_what_the_page_says()
    {
        foreach (CommandAst command in Commands().Where(command => command.GetCommandName() is "Connect-Imap"))
        {
            if (command.CommandElements[1] is StringConstantExpressionAst server
                && MailboxAddress.TryParse(server.Value, out MailboxAddress? mailbox)
                && KnownProviders.OfDomain(mailbox.Domain) is { Login: ImapServerLogin.OAuth })
            {
                Assert.Contains("-OAuth", command.Extent.Text, StringComparison.Ordinal);
            }
        }

        string table = _page[.._page.IndexOf("## Microsoft 365", StringComparison.Ordinal)];
        foreach (KnownProvider provider in KnownProviders.All)
        {
            Assert.Contains(provider.Name.Split(' ')[^1], table, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void The_errors_look_as_it_says()
    {
        var forged = new ImapServer("alice@contoso.example", "imap.hoster.example", 993, ImapSecurity.Tls, ImapServerSource.Srv);
        ImapException[] shown =
        [
            Failures.ServerNotTrusted(forged, "contoso.example"),
            Failures.ServerNotFound("alice@contoso.example", "contoso.example", why: null),
            Failures.AuthenticationFailed("imap.gmail.com", "alice@gmail.com",
                "Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)", []),
        ];
        foreach (ImapException error in shown)
        {
            Assert.Contains($"Connect-Imap: {error.Message}\n  Recommendation: {error.RecommendedAction}", _page, StringComparison.Ordinal);
        }

        Assert.Contains($"Note   : {KnownProviders.OfDomain("outlook.com")!.Note}", _page, StringComparison.Ordinal);
    }

    private static IEnumerable<CommandAst> Commands() => PageFiles.Blocks(Page).SelectMany(block => Parser.ParseInput(block, out _, out _)
        .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true)
        .Cast<CommandAst>()
        .Where(command => command.GetCommandName() is not null));

    [GeneratedRegex(@"`(?<id>(?:[A-Z][a-z]+){2,})`")]
    private static partial Regex ErrorIds();
}
