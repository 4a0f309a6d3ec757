using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>Debian's Mono, installed when it is missing and may be.</summary>
internal static class Mono
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    // The runtime alone brings no class library but its core; these are what the module and MailKit use.
    private static readonly string[] _packages =
        ["mono-runtime", "libmono-corlib4.5-cil", "libmono-system-core4.0-cil", "libmono-system-numerics4.0-cil",
        "libmono-btls-interface4.0-cil", "libmono-system-net-http4.0-cil", "libmono-system-xml-linq4.0-cil"];

    // Another version of these tests may have installed fewer.
    private static readonly string[] _libraries = ["System.Net.Http.dll", "System.Xml.Linq.dll"];

    public static Task<string> FindOrInstallAsync(CancellationToken cancellationToken) =>
        DebianPackage.FindOrInstallAsync(Find, _packages, cancellationToken);

    private static string? Find() =>
        Array.TrueForAll(_libraries, library => File.Exists(Path.Combine("/usr/lib/mono/4.5", library)))
            ? DebianPackage.Which("mono")
            : null;
}
