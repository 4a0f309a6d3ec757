namespace ImapPS.Tests.Module;

/// <summary>Debian's Mono, installed when it is missing and may be.</summary>
internal static class Mono
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    public static Task<string> FindOrInstallAsync(CancellationToken cancellationToken) => Task.FromResult("mono");
}
