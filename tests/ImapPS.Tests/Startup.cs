using System.Runtime.CompilerServices;
using System.Runtime.Loader;
using System.Text;
using ImapPS.Sandbox;
using ImapPS.Tests;

[assembly: AssemblyFixture(typeof(MailServer))]
[assembly: Progress]

namespace ImapPS.Tests;

internal static class Startup
{
    private const int MinThreads = 64;

    /// <summary>
    /// Lets the unit tests name the module's types before any test has imported it. Tests of the loader run in a process of their own.
    /// </summary>
    [ModuleInitializer]
    internal static void FindModule()
    {
        string folder = Path.Combine(Repository.Root, "bin", "net8.0");
        AssemblyLoadContext.Default.Resolving += (context, name) => name.Name switch
        {
            "ImapPS" or "ImapPS.Loader" => context.LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll")),

            // A test that looks at what MailKit got has to mean the module's MailKit.
            "MailKit" or "MimeKit" or "BouncyCastle.Cryptography" => Own.LoadFromAssemblyName(name),
            _ => null,
        };
        HookLoader();

        // Most tests wait on Dovecot, and many of them block a thread meanwhile; the pool would add one at a time.
        ThreadPool.SetMinThreads(MinThreads, MinThreads);

        // As PowerShell does before it loads any module: MimeKit asks once, for the whole process, whether a code page is there.
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
    }

    private static AssemblyLoadContext Own => AssemblyLoadContext.GetLoadContext(typeof(ImapPS.Models.ImapMessage).Assembly)!;

    private static void HookLoader() => new Loader.ModuleLoader().OnImport();
}
