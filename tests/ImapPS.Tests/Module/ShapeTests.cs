using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Changing;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>The rules of the design that the compiler does not hold.</summary>
public sealed partial class ShapeTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string _source = Path.Combine(Repository.Root, "src");

    [Fact]
    public void Content_knows_MIME_and_no_server() =>
        AssertNothingNames(MailboxNames(), "ImapPS.Core/Content");

    [Fact]
    public void Nothing_blocks_or_writes_to_the_console() =>
        AssertNothingNames(BlockingNames(), "ImapPS", "ImapPS.Core");

    [Theory]
    [InlineData(typeof(ImapPS.Models.ImapMessage))]
    [InlineData(typeof(Commands.ConnectImapCommand))]
    public void No_public_member_names_a_type_of_MailKit(Type one)
    {
        Assert.Empty(
            from type in one.Assembly.GetExportedTypes()
            from member in type.GetMembers(Declared)
            where IsSeen(member)
            from used in TypesOf(member)
            where used.Assembly.GetName().Name is "MailKit" or "MimeKit" or "BouncyCastle.Cryptography"
            select $"{type.FullName}.{member.Name}: {used.FullName}");
    }

    [Fact]
    public void A_script_may_name_every_public_type() =>
        Assert.Equal(
            typeof(ImapPS.Models.ImapMessage).Assembly.GetExportedTypes().Select(type => type.FullName).Order(StringComparer.Ordinal),
            typeof(Commands.ConnectImapCommand).Assembly.GetForwardedTypes().Select(type => type.FullName).Order(StringComparer.Ordinal));

    [Fact]
    public void The_cmdlets_know_no_MailKit_and_the_core_no_PowerShell()
    {
        Assert.DoesNotContain(References(typeof(Commands.ConnectImapCommand)), name =>
            name is "MailKit" or "MimeKit" or "BouncyCastle.Cryptography");
        Assert.Contains("MailKit", References(typeof(ImapPS.Models.ImapMessage)));
        Assert.DoesNotContain("System.Management.Automation", References(typeof(ImapPS.Models.ImapMessage)));
    }

    [Fact]
    public void Errors_are_built_in_one_place() =>
        Assert.All(
            Sources("ImapPS", "ImapPS.Core").Where(file => !file.Contains("/Errors/", StringComparison.Ordinal)),
            file => Assert.DoesNotMatch(BuiltErrors(), Comments().Replace(File.ReadAllText(file), string.Empty)));

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
            Assert.True(File.Exists(Path.Combine(_source, "ImapPS", "Commands", type.Name + ".cs")));
            Assert.True(File.Exists(Path.Combine(Repository.Root, "tests", $"{cmdlet.VerbName}-{cmdlet.NounName}.Tests.ps1")));
            Assert.Contains($"`{cmdlet.VerbName}-{cmdlet.NounName}`", File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md")),
                StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(nameof(ChangeCmdlet.MaxMessages))]
    [InlineData(nameof(ChangeCmdlet.Summary))]
    [InlineData(nameof(ChangeCmdlet.JournalPath))]
    [InlineData(nameof(MessageChangeCmdlet.MaxPercent))]
    [InlineData(nameof(MessageChangeCmdlet.BatchSize))]
    public void A_parameter_of_changes_stands_once(string name) =>
        Assert.Single(typeof(ChangeCmdlet).Assembly.GetTypes(), type =>
            // Its limits are for what it removes: to copy is what it is for.
            type != typeof(Commands.SyncImapFolderCommand)
            && type.GetProperty(name, Declared)?.GetCustomAttribute<ParameterAttribute>() is not null);

    /// <summary>
    /// A task's own wait spins, which is dear with many runspaces that wait for a server. Only where a cmdlet's work ends, or has ended,
    /// is a task waited for.
    /// </summary>
    [Fact]
    public void A_pipeline_waits_without_spinning() =>
        Assert.Equal(
            ["ImapCmdlet.cs", "ImapCmdlet.cs"],
            Sources("ImapPS", "ImapPS.Core")
                .SelectMany(file => WaitedTasks().Matches(File.ReadAllText(file)).Select(_ => Path.GetFileName(file))));

    [Fact]
    public void What_keeps_account_of_changes_shares_all_of_it()
    {
        Type[] changing = [.. ModuleCmdlets.Types.Where(type => type.GetProperty(nameof(ChangeCmdlet.Summary)) is not null)];
        Assert.True(changing.Length >= 6);
        Assert.All(changing, type => Assert.Equal(typeof(ChangeCmdlet), type.GetProperty(nameof(ChangeCmdlet.PassThru))!.DeclaringType));
    }

    [Fact]
    public void What_reads_inherits_neither_consent_nor_report()
    {
        Type[] reading = [.. ModuleCmdlets.Types.Where(type => !type.GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess)];
        Assert.True(reading.Length >= 8);
        Assert.Empty(
            from type in reading
            from ancestor in Lineage(type)
            from member in ancestor.GetMembers(Declared)
            where TypesOf(member).Any(used => used == typeof(Consent) || used == typeof(ChangeReport))
                || member.Name.Contains("WhatIf", StringComparison.Ordinal)
            select $"{type.Name}: {ancestor.Name}.{member.Name}");
    }

    /// <summary>A class and its bases, as far as they are the module's.</summary>
    private static IEnumerable<Type> Lineage(Type type)
    {
        for (Type? one = type; one?.Assembly == type.Assembly; one = one.BaseType) yield return one;
    }

    private static IEnumerable<string> References(Type type) => type.Assembly.GetReferencedAssemblies()
        .Select(reference => reference.Name!);

    private static bool IsSeen(MemberInfo member) => member switch
    {
        MethodBase method => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly,
        FieldInfo field => field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly,
        _ => false,
    };

    private static IEnumerable<Type> TypesOf(MemberInfo member)
    {
        IEnumerable<Type> types = member switch
        {
            MethodBase method => method.GetParameters().Select(parameter => parameter.ParameterType)
                .Append((method as MethodInfo)?.ReturnType ?? typeof(void)),
            FieldInfo field => [field.FieldType],
            _ => [],
        };
        return types.SelectMany(type => type.IsGenericType ? type.GetGenericArguments().Append(type) : [type.GetElementType() ?? type]);
    }

    private static IEnumerable<string> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.GetFiles(Path.Combine(_source, folder), "*.cs", SearchOption.AllDirectories))
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal));

    private static void AssertNothingNames(Regex names, params string[] folders)
    {
        Assert.All(
            Sources(folders),
            file => Assert.DoesNotMatch(names, Comments().Replace(File.ReadAllText(file), string.Empty)));
    }

    [GeneratedRegex(@"\bMailKit\b|\bImapPS\.(Mailbox|Sessions|Folders|Reading|Changing|Transfers|Watching)\b")]
    private static partial Regex MailboxNames();

    [GeneratedRegex(@"\.Result\b(?!\s*\{)|\.Wait\(\)|Thread\.Sleep|async void|\bConsole\.")]
    private static partial Regex BlockingNames();

    [GeneratedRegex(@"GetAwaiter\(\)\s*\.GetResult\(\)")]
    private static partial Regex WaitedTasks();

    [GeneratedRegex(@"\bnew (ErrorRecord|ImapException)\b")]
    private static partial Regex BuiltErrors();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comments();
}
