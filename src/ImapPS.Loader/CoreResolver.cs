#if NET
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace ImapPS.Loader;

/// <summary>
/// The load context of ImapPS.Core and its dependencies. PowerShell and other modules share the default context, where one
/// assembly of a name can live: an older MailKit or BouncyCastle there must not become ours, nor ours theirs.
/// </summary>
internal sealed class CoreResolver : AssemblyLoadContext
{
    private const string Core = "ImapPS.Core";

    private readonly string[] _folders;

    private CoreResolver(params string[] folders)
        : base("ImapPS") => _folders = folders;

    /// <summary>Answers who asks for ImapPS.Core; what else is asked for in the default context is none of the module's business.</summary>
    public static void Hook(string moduleFolder)
    {
        // A folder of images has what is compiled ahead for one platform; the rest is the same on all.
        var resolver = new CoreResolver(
            Path.Combine(moduleFolder, "dependencies"), Path.Combine(moduleFolder, "..", "net8.0", "dependencies"));
        Default.Resolving += (_, name) => name.Name == Core ? resolver.LoadOwn(name) : null;
    }

    protected override Assembly? Load(AssemblyName assemblyName) => LoadOwn(assemblyName);

    private Assembly? LoadOwn(AssemblyName name)
    {
        foreach (string folder in _folders)
        {
            string path = Path.Combine(folder, name.Name + ".dll");
            if (!File.Exists(path)) continue;

            // Loaded before it is asked: what reads the version of a file brings System.Reflection.Metadata along.
            Assembly assembly = LoadFromAssemblyPath(path);
            return assembly.GetName().Version >= name.Version ? assembly : null;
        }

        return null;
    }
}
#else
using System;
using System.IO;
using System.Reflection;

namespace ImapPS.Loader;

/// <summary>.NET Framework has no load contexts; it can be told where to look for what it does not find.</summary>
internal static class CoreResolver
{
    /// <summary>Answers the module's own assemblies, and nobody else.</summary>
    public static void Hook(string moduleFolder)
    {
        string folder = Path.Combine(moduleFolder, "dependencies");
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => IsOwn(request.RequestingAssembly, moduleFolder)
            ? LoadOwn(folder, new AssemblyName(request.Name)) : null;
    }

    private static bool IsOwn(Assembly? requesting, string moduleFolder) =>
        requesting is { IsDynamic: false }
            && requesting.Location.StartsWith(moduleFolder + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase);

    private static Assembly? LoadOwn(string folder, AssemblyName name)
    {
        string path = Path.Combine(folder, name.Name + ".dll");
        return File.Exists(path) && AssemblyName.GetAssemblyName(path).Version >= name.Version ? Assembly.LoadFrom(path) : null;
    }
}
#endif
