#if NET
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace ImapPS.Loader;

/// <summary>
/// A load context of the module's own. PowerShell and other modules share the default context, where one
/// assembly of a name can live: an older MailKit or BouncyCastle there must not become ours, nor ours theirs.
/// </summary>
internal sealed class DependencyResolver : AssemblyLoadContext
{
    private readonly string _folder;

    private DependencyResolver(string folder)
        : base("ImapPS") => _folder = folder;

    public static void Hook(string folder)
    {
        var resolver = new DependencyResolver(folder);

        // Only what ImapPS.dll asks for and the default context cannot give arrives here.
        Default.Resolving += (_, name) => resolver.LoadOwn(name);
    }

    protected override Assembly? Load(AssemblyName assemblyName) => LoadOwn(assemblyName);

    private Assembly? LoadOwn(AssemblyName name)
    {
        string path = Path.Combine(_folder, name.Name + ".dll");
        if (!File.Exists(path) || AssemblyName.GetAssemblyName(path).Version < name.Version) return null;

        return LoadFromAssemblyPath(path);
    }
}
#else
using System;
using System.IO;
using System.Reflection;

namespace ImapPS.Loader;

/// <summary>.NET Framework has no load contexts; it can be told where to look for what it does not find.</summary>
internal static class DependencyResolver
{
    public static void Hook(string folder) =>
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) =>
        {
            var name = new AssemblyName(request.Name);
            string path = Path.Combine(folder, name.Name + ".dll");
            return File.Exists(path) ? Assembly.LoadFrom(path) : null;
        };
}
#endif
