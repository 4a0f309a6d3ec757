using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
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

    /// <summary>The directory is listed again, the next time.</summary>
    public void Forget()
    {
        lock (_lock) _paths = null;
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
            left.AddRange(Twins(name, path));
            Listed()[name] = path;
            return left;
        }
    }

    /// <summary>Notes where a file is that was renamed.</summary>
    public void Move(string name, string path)
    {
        lock (_lock) Listed()[name] = path;
    }

    /// <summary>The other files of the same name.</summary>
    public IReadOnlyList<string> Others(string name)
    {
        lock (_lock) return [.. _twice.Where(one => one.Name == name).Select(one => one.Path)];
    }

    /// <summary>Notes that a file is gone.</summary>
    /// <returns>The files of the same name that are left.</returns>
    public IReadOnlyList<string> Remove(string name)
    {
        lock (_lock)
        {
            Listed().Remove(name);
            return Twins(name, path: null);
        }
    }

    private List<string> Twins(string name, string? path)
    {
        List<string> twins = [.. _twice.Where(one => one.Name == name && one.Path != path).Select(one => one.Path)];
        _twice.RemoveAll(one => one.Name == name);
        return twins;
    }

    /// <summary>Of two files of one name the longer is less likely to be a part of the message.</summary>
    private string Better(string name, string before, string after)
    {
        bool isAfter = LengthOf(after) >= LengthOf(before);
        _twice.Add((name, isAfter ? before : after));
        return isAfter ? after : before;

        static long LengthOf(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : -1;
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
                    // What programs make beside a message, such as a copy that ends in .bak, is not the message.
                    string file = Path.GetFileName(path);
                    if (!MaildirNames.HasOnlyLetters(file)) continue;

                    string name = BackupNames.UniqueOf(file);
                    paths[name] = paths.TryGetValue(name, out string? other) ? Better(name, other, path) : path;
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
