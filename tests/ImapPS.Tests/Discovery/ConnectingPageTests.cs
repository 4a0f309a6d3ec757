using System.Management.Automation;
using System.Management.Automation.Language;
using System.Reflection;
using System.Text.RegularExpressions;
using ImapPS.Discovery;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sandbox;
using ImapPS.Tests.Module;

namespace ImapPS.Tests.Discovery;

/// <summary>docs/connecting.md: what it says is what the module does.</summary>
public sealed partial class ConnectingPageTests
{
    private static readonly string _page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "connecting.md"));

    [Fact]
    public void Every_line_to_type_is_PowerShell() =>
        Assert.Equal([], Blocks().SelectMany(block =>
        {
            Parser.ParseInput(block, out _, out ParseError[] errors);
            return errors.Select(error => $"{error.Message} in: {block}");
        }));

    [Fact]
    public void Every_cmdlet_of_the_module_is_there_and_has_the_parameters() =>
        Assert.Equal([], Commands().SelectMany(Mistakes).Distinct());

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

    private static IEnumerable<string> Mistakes(CommandAst command)
    {
        if (!command.GetCommandName().Contains("-Imap", StringComparison.Ordinal)) yield break;

        Type? type = ModuleCmdlets.Types.FirstOrDefault(type => type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet
            && $"{cmdlet.VerbName}-{cmdlet.NounName}" == command.GetCommandName());
        if (type is null)
        {
            yield return $"{command.GetCommandName()} is not there";
            yield break;
        }

        string[] known =
        [
            .. type.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))).Select(property => property.Name),
        ];
        foreach (CommandParameterAst parameter in command.CommandElements.OfType<CommandParameterAst>())
        {
            if (!known.Contains(parameter.ParameterName)) yield return $"{command.GetCommandName()} has no -{parameter.ParameterName}";
        }
    }

    private static IEnumerable<CommandAst> Commands() => Blocks().SelectMany(block => Parser.ParseInput(block, out _, out _)
        .FindAll(ast => ast is CommandAst, searchNestedScriptBlocks: true)
        .Cast<CommandAst>()
        .Where(command => command.GetCommandName() is not null));

    private static IEnumerable<string> Blocks() => CodeBlocks().Matches(_page).Select(block => block.Groups["code"].Value);

    [GeneratedRegex(@"^```powershell\n(?<code>.*?)^```$", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex CodeBlocks();

    [GeneratedRegex(@"`(?<id>(?:[A-Z][a-z]+){2,})`")]
    private static partial Regex ErrorIds();
}
