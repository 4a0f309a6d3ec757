using System;
using System.IO;

namespace ImapPS.Sandbox;

/// <summary>Where this program's repository is: the nearest folder above it that holds the module's manifest.</summary>
public static class Repository
{
    private const string ManifestName = "ImapPS.psd1";

    private static readonly Lazy<string> _found = new(Find);

    public static string Root => _found.Value;

    /// <summary>What to give Import-Module.</summary>
    public static string Manifest => Path.Combine(Root, ManifestName);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, ManifestName))) return folder.FullName;
        }

        throw new FileNotFoundException($"There is no {ManifestName} in any folder above {AppContext.BaseDirectory}.");
    }
}
