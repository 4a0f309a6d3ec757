using System.Runtime.CompilerServices;
using ImapPS.Tests;

[assembly: AssemblyFixture(typeof(MailServer))]
[assembly: Progress]

namespace ImapPS.Tests.Alone;

internal static class Startup
{
    /// <summary>Lets these tests name the module's types, as those of the other assembly may.</summary>
    [ModuleInitializer]
    internal static void FindModule() => RuntimeHelpers.RunModuleConstructor(typeof(ModuleTest).Module.ModuleHandle);
}
