using System.Reflection;
using ImapPS.Sandbox;
using Mono.Cecil;

namespace ImapPS.Tests.Module;

/// <summary>
/// The build for Windows PowerShell, which does not run here: every type and member that it and its dependencies use is followed into
/// .NET Framework 4.7.2, PowerShell 5.1 or the dependencies themselves. One that is missing would be an error on the day it is used.
/// </summary>
public sealed class FrameworkApiTests : IDisposable
{
    private static readonly string _packages = typeof(FrameworkApiTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "NuGetPackageRoot").Value!;

    private static readonly string _module = Path.Combine(Repository.Root, "bin", "net472");
    private static readonly string _dependencies = Path.Combine(_module, "dependencies");
    private static readonly string _framework =
        Single("microsoft.netframework.referenceassemblies.net472", "build", ".NETFramework", "v4.7.2");
    private static readonly string _standard = Single("powershellstandard.library", "lib", "net452");

    private readonly FolderResolver _resolver =
        new(_module, _dependencies, _standard, _framework, Path.Combine(_framework, "Facades"));

    public static TheoryData<string> Assemblies =>
    [
        .. Directory.GetFiles(_module, "*.dll", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_module, file))
            .Order(StringComparer.Ordinal),
    ];

    public void Dispose() => _resolver.Dispose();

    [Fact]
    public void All_that_a_package_has_for_Windows_PowerShell_is_looked_at()
    {
        Assert.Contains("ImapPS.dll", Assemblies.Select(row => row.Data));
        Assert.Contains(Path.Combine("dependencies", "MailKit.dll"), Assemblies.Select(row => row.Data));
        Assert.InRange(Assemblies.Count, 15, 40);
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_type_and_member_that_is_used_exists(string assembly)
    {
        using AssemblyDefinition read = Read(assembly);
        Assert.Empty(
            from member in read.MainModule.GetMemberReferences().Cast<MemberReference>().Concat(read.MainModule.GetTypeReferences())
            where !Exists(member)
            select $"{member.FullName} of {Scope(member)}");
    }

    /// <summary>The loader takes a newer version for an older one, and never an older for a newer.</summary>
    [Theory]
    [MemberData(nameof(Assemblies))]
    public void No_dependency_is_older_than_who_needs_it_thinks(string assembly)
    {
        using AssemblyDefinition read = Read(assembly);
        Assert.Empty(
            from reference in read.MainModule.AssemblyReferences
            let path = Path.Combine(_dependencies, reference.Name + ".dll")
            where File.Exists(path) && AssemblyName.GetAssemblyName(path).Version < reference.Version
            select $"{reference.FullName}, but there is {AssemblyName.GetAssemblyName(path).Version}");
    }

    /// <summary>The same for the build for PowerShell 7: one API for both.</summary>
    [Theory]
    [InlineData("net472", "net452")]
    [InlineData("net8.0", "netstandard2.0")]
    public void Of_PowerShell_only_what_PowerShellStandard_has_is_used(string build, string standard)
    {
        using var engine = AssemblyDefinition.ReadAssembly(
            Path.Combine(Single("powershellstandard.library", "lib", standard), "System.Management.Automation.dll"));
        using var module = AssemblyDefinition.ReadAssembly(Path.Combine(Repository.Root, "bin", build, "ImapPS.dll"));
        MemberReference[] used = [.. module.MainModule.GetMemberReferences().Where(IsPowerShell)];
        Assert.True(used.Length > 100);
        Assert.Equal([], used.Where(member => !Has(engine, member)).Select(member => member.FullName));
        Assert.DoesNotContain(module.MainModule.AssemblyReferences,
            reference => reference.Name.StartsWith("Microsoft.PowerShell", StringComparison.Ordinal));
    }

    private static string Single(string package, params string[] folders) =>
        Path.Combine([Directory.GetDirectories(Path.Combine(_packages, package)).Order(StringComparer.Ordinal).Last(), .. folders]);

    private static bool IsPowerShell(MemberReference member) => Scope(member) == "System.Management.Automation";

    private static string? Scope(MemberReference member) => (member as TypeReference ?? member.DeclaringType)?.Scope?.Name;

    /// <summary>By name and number of parameters, whatever framework the parameters' types come from.</summary>
    private static bool Has(AssemblyDefinition engine, MemberReference member)
    {
        TypeDefinition? type = engine.MainModule.GetType(member.DeclaringType.GetElementType().FullName);
        return member switch
        {
            MethodReference method => Lineage(type).Any(one => one.Methods.Any(other =>
                other.Name == method.Name && other.Parameters.Count == method.Parameters.Count)),
            FieldReference field => type?.Fields.Any(other => other.Name == field.Name) == true,
            _ => type is not null,
        };
    }

    private static IEnumerable<TypeDefinition> Lineage(TypeDefinition? type)
    {
        for (; type is not null; type = type.BaseType?.Scope == type.Scope ? type.BaseType.Resolve() : null) yield return type;
    }

    private AssemblyDefinition Read(string assembly) =>
        AssemblyDefinition.ReadAssembly(Path.Combine(_module, assembly), new ReaderParameters { AssemblyResolver = _resolver });

    private static bool Exists(MemberReference member)
    {
        // Arrays have members that no assembly has.
        if (member.DeclaringType is ArrayType) return true;

        try
        {
            return member switch
            {
                TypeReference type => type.Resolve() is not null,
                MethodReference method => method.Resolve() is not null,
                FieldReference field => field.Resolve() is not null,
                _ => true,
            };
        }
        catch (AssemblyResolutionException)
        {
            return false;
        }
    }
}
