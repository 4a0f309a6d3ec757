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
        "libmono-btls-interface4.0-cil"];

    public static Task<string> FindOrInstallAsync(CancellationToken cancellationToken) =>
        DebianPackage.FindOrInstallAsync(() => DebianPackage.Which("mono"), _packages, cancellationToken);
}
