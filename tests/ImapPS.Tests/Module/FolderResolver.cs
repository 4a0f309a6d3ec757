using Mono.Cecil;

namespace ImapPS.Tests.Module;

/// <summary>Looks in these folders and nowhere else: Cecil's own resolver would go on to the runtime that the tests run on.</summary>
internal sealed class FolderResolver(params string[] folders) : IAssemblyResolver
{
    private readonly Dictionary<string, AssemblyDefinition> _read = new(StringComparer.Ordinal);

    public AssemblyDefinition Resolve(AssemblyNameReference name) => Resolve(name, new ReaderParameters());

    public AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
    {
        if (_read.TryGetValue(name.Name, out AssemblyDefinition? known)) return known;

        string path = folders.Select(folder => Path.Combine(folder, name.Name + ".dll")).FirstOrDefault(File.Exists)
            ?? throw new AssemblyResolutionException(name);
        return _read[name.Name] = AssemblyDefinition.ReadAssembly(path, new ReaderParameters { AssemblyResolver = this });
    }

    public void Dispose()
    {
        foreach (AssemblyDefinition assembly in _read.Values) assembly.Dispose();
    }
}
