using System;
using System.Collections.Generic;
using System.IO;
using ImapPS.Errors;
using ImapPS.Files;

namespace ImapPS.Backups;

/// <summary>
/// Where the files of a Maildir are, by the unique parts of their names: programs move them from new to cur, and change their letters. It
/// is listed once, and again only if a file is no longer where it was.
/// </summary>
internal sealed class MaildirIndex(string directory)
{
    private readonly object _lock = new();
    private Dictionary<string, string>? _paths;
    private List<(string Name, string Path)> _twice = [];

    /// <summary>The file; null where there is none.</summary>
    public string? Find(string name)
    {
        lock (_lock) return Listed().TryGetValue(name, out string? path) ? path : null;
    }

    /// <summary>The file, when it was not where it was said to be.</summary>
    public string? FindAgain(string name, string lost)
    {
        lock (_lock)
        {
            if (Listed().TryGetValue(name, out string? path) && path == lost) _paths = null;
            return Listed().TryGetValue(name, out path) && path != lost ? path : null;
        }
    }

    /// <summary>Notes where a file is.</summary>
    /// <returns>The files of the same name that are left from before.</returns>
    public IReadOnlyList<string> Put(string name, string path)
    {
        lock (_lock)
        {
            List<string> left = [];
            if (Listed().TryGetValue(name, out string? old) && old != path) left.Add(old);
            foreach ((_, string other) in _twice.FindAll(one => one.Name == name && one.Path != path)) left.Add(other);
            _twice.RemoveAll(one => one.Name == name);
            Listed()[name] = path;
            return left;
        }
    }

    /// <summary>Notes that a file is gone.</summary>
    public void Remove(string name)
    {
        lock (_lock) Listed().Remove(name);
    }

    private Dictionary<string, string> Listed()
    {
        if (_paths is not null) return _paths;

        var paths = new Dictionary<string, string>(StringComparer.Ordinal);
        _twice = [];
        try
        {
            foreach (string part in (string[])[MaildirNames.New, MaildirNames.Current])
            {
                string place = Path.Combine(directory, part);
                if (!Directory.Exists(place)) continue;

                foreach (string path in Directory.EnumerateFiles(place))
                {
                    string name = BackupNames.UniqueOf(Path.GetFileName(path));
                    if (paths.TryGetValue(name, out string? other)) _twice.Add((name, other));
                    paths[name] = path;
                }
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotRead(directory, failed, directory);
        }

        return _paths = paths;
    }
}
