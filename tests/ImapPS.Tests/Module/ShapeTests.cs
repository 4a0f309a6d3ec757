using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>The rules of the design that the compiler does not hold.</summary>
public sealed partial class ShapeTests
{
    private static readonly string _source = Path.Combine(Repository.Root, "src", "ImapPS");

    [Fact]
    public void Only_Sessions_Mailbox_Search_and_Errors_name_MailKit() =>
        AssertNothingNames(MailKitNames(), "Commands", "Pipeline", "Files", "Models", "Completion");

    [Fact]
    public void Content_knows_MIME_and_no_server() =>
        AssertNothingNames(MailboxNames(), "Content");

    [Fact]
    public void Sessions_Mailbox_Search_Files_Content_and_Models_name_no_PowerShell() =>
        AssertNothingNames(PowerShellNames(), "Sessions", "Mailbox", "Search", "Files", "Content", "Models");

    [Fact]
    public void Nothing_blocks_or_writes_to_the_console() =>
        AssertNothingNames(BlockingNames(), "Commands", "Pipeline", "Sessions", "Mailbox", "Search", "Files", "Content", "Models", "Errors", "Completion");

    [Fact]
    public void No_public_member_shows_a_MailKit_type()
    {
        foreach (Type type in typeof(Commands.ConnectImapCommand).Assembly.GetExportedTypes())
        {
            foreach (PropertyInfo property in type.GetProperties())
            {
                Assert.DoesNotMatch("^(MailKit|MimeKit)", property.PropertyType.FullName ?? string.Empty);
            }
        }
    }

    [Fact]
    public void Cmdlets_are_sealed_one_a_file_with_approved_verbs()
    {
        HashSet<string> verbs = [.. typeof(VerbsCommon).Assembly.GetTypes()
            .Where(type => type.Namespace == typeof(VerbsCommon).Namespace && type.Name.StartsWith("Verbs", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Select(field => (string)field.GetRawConstantValue()!)];
        foreach (Type type in ModuleCmdlets.Types)
        {
            CmdletAttribute cmdlet = type.GetCustomAttribute<CmdletAttribute>()!;
            Assert.True(type.IsSealed);
            Assert.Contains(cmdlet.VerbName, verbs);
            Assert.StartsWith("Imap", cmdlet.NounName.Length > 4 ? cmdlet.NounName : "Imap", StringComparison.Ordinal);
            Assert.Equal($"{cmdlet.VerbName}{cmdlet.NounName}Command", type.Name);
            Assert.True(File.Exists(Path.Combine(_source, "Commands", type.Name + ".cs")));
            Assert.True(File.Exists(Path.Combine(Repository.Root, "tests", $"{cmdlet.VerbName}-{cmdlet.NounName}.Tests.ps1")));
            Assert.Contains($"`{cmdlet.VerbName}-{cmdlet.NounName}`", File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md")), StringComparison.Ordinal);
        }
    }

    private static void AssertNothingNames(Regex names, params string[] folders)
    {
        Assert.All(
            folders.SelectMany(folder => Directory.GetFiles(Path.Combine(_source, folder), "*.cs", SearchOption.AllDirectories)),
            file => Assert.DoesNotMatch(names, Comments().Replace(File.ReadAllText(file), string.Empty)));
    }

    [GeneratedRegex(@"\b(MailKit|MimeKit)\b")]
    private static partial Regex MailKitNames();

    [GeneratedRegex(@"\bMailKit\b|\bImapPS\.(Mailbox|Sessions|Pipeline)\b")]
    private static partial Regex MailboxNames();

    [GeneratedRegex(@"\bSystem\.Management\.Automation\b")]
    private static partial Regex PowerShellNames();

    [GeneratedRegex(@"\.Result\b(?!\s*\{)|\.Wait\(\)|Thread\.Sleep|async void|\bConsole\.")]
    private static partial Regex BlockingNames();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comments();
}
