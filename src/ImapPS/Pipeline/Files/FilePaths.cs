using System;
using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Errors;

namespace ImapPS.Pipeline.Files;

/// <summary>Paths of the file system, as PowerShell's drives name them.</summary>
internal static class FilePaths
{
    /// <summary>The path of a file that need not exist; no character is a wildcard.</summary>
    public static string Literal(SessionState state, string path) =>
        InFileSystem(path, () => (state.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _), provider));

    /// <summary>The paths of the files that a path with or without wildcards means: none where wildcards match nothing.</summary>
    public static IReadOnlyCollection<string> Existing(SessionState state, string path)
    {
        try
        {
            return InFileSystem<IReadOnlyCollection<string>>(path, () =>
                (state.Path.GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider), provider));
        }
        catch (ItemNotFoundException)
        {
            throw Failures.FileNotFound(path);
        }
    }

    /// <summary>True when the path, with or without wildcards, means at least one file or directory.</summary>
    public static bool Exists(SessionState state, string path)
    {
        try
        {
            return Existing(state, path).Count > 0;
        }
        catch (ImapException)
        {
            return false;
        }
    }

    private static T InFileSystem<T>(string path, Func<(T Resolved, ProviderInfo Provider)> resolve)
    {
        try
        {
            (T resolved, ProviderInfo provider) = resolve();
            if (provider.Name == "FileSystem") return resolved;
        }
        catch (Exception unknown) when (unknown is System.Management.Automation.DriveNotFoundException or ProviderNotFoundException
            or NotSupportedException or ArgumentException)
        {
            throw Failures.ArgumentInvalid($"The path '{path}' cannot be used: {unknown.Message}", "Give a path of the file system.", path);
        }

        throw Failures.ArgumentInvalid($"The path '{path}' is not in the file system.", "Give a path of the file system.", path);
    }
}
