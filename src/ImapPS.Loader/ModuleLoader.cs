using System.IO;
using System.Management.Automation;
using System.Threading;

namespace ImapPS.Loader;

/// <summary>Finds ImapPS.Core and what it needs in a folder of their own, whatever other modules have loaded.</summary>
public sealed class ModuleLoader : IModuleAssemblyInitializer
{
    private static int _hooked;

    /// <summary>Called by PowerShell when the module is imported, before ImapPS.dll is.</summary>
    public void OnImport()
    {
        // Once a process: -Force and -Parallel import the module again and again.
        if (Interlocked.Exchange(ref _hooked, 1) == 1) return;

        CoreResolver.Hook(Path.GetDirectoryName(typeof(ModuleLoader).Assembly.Location)!);
    }
}
