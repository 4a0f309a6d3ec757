using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using ImapPS.Errors;

namespace ImapPS.Files;

/// <summary>What becomes of a name that a file has already.</summary>
internal enum ExistingFile
{
    /// <summary>The new file gets a number: nothing is overwritten, and nothing refused.</summary>
    Number,

    /// <summary>The new file is refused.</summary>
    Refuse,

    /// <summary>The old file goes.</summary>
    Overwrite,

    /// <summary>The old file stays, and is taken for the new one, if it looks like it; otherwise the new file gets a number.</summary>
    Skip,
}

/// <summary>
/// Gives each file of a run a name of its own. Names that differ only in case are one name here, as they are on Windows and macOS.
/// </summary>
/// <param name="existing">What becomes of a name that a file has already.</param>
/// <param name="asksOnce">True where a directory is listed once, and not asked for each name: whoever creates the file has to ask again,
/// with <see cref="FilePlace.Another"/>, when another program was quicker.</param>
internal sealed class FileNames(ExistingFile existing, bool asksOnce = false)
{
    private readonly object _lock = new();

    // Hashes and not names: a million names would be a hundred megabytes. Two that collide cost one file a needless number.
    private readonly Dictionary<ulong, int> _nextNumbers = [];
    private readonly HashSet<string> _listed = [];

    private bool IsNumbered => asksOnce && existing == ExistingFile.Number;

    /// <summary>A path in that directory that no other file of the run has, nor, as may be, any on the disk.</summary>
    /// <param name="directory">The directory, which need not exist yet.</param>
    /// <param name="stem">The cleaned name.</param>
    /// <param name="extension">Its extension with a dot, or nothing.</param>
    /// <param name="isSaved">Tells of a file that is there whether it is what an earlier run saved of the same.</param>
    public FilePlace Claim(string directory, string stem, string extension, Predicate<FileInfo> isSaved)
    {
        lock (_lock)
        {
            if (existing == ExistingFile.Number && _listed.Add(directory)) List(directory);

            FilePlace place = ClaimNext(directory, stem, extension, isSaved);
            return IsNumbered ? place with { Another = () => Claim(directory, stem, extension, isSaved) } : place;
        }
    }

    private FilePlace ClaimNext(string directory, string stem, string extension, Predicate<FileInfo> isSaved)
    {
        ulong plain = Key(directory, SafeName.Join(stem, extension));
        int first = _nextNumbers.TryGetValue(plain, out int next) ? next : 1;
        for (int number = first; ; number++)
        {
            string ending = number == 1 ? extension : string.Format(CultureInfo.InvariantCulture, " ({0}){1}", number, extension);
            string name = SafeName.Join(stem, ending);
            ulong key = Key(directory, name);
            if (_nextNumbers.ContainsKey(key) && number > 1) continue;
            if (Take(Path.Combine(directory, name), isSaved) is not { } place) continue;

            if (number > 1) _nextNumbers[key] = 2;

            // A file that was passed over because another run has saved something else there may be what comes next.
            if (existing != ExistingFile.Skip || number == first) _nextNumbers[plain] = number + 1;
            return place;
        }
    }

    /// <summary>The place, if a file may have this path or has it already; null when it belongs to another.</summary>
    private FilePlace? Take(string path, Predicate<FileInfo> isSaved) =>
        IsFree(path) ? new FilePlace(path, IsSaved: false)
        : existing == ExistingFile.Skip && File.Exists(path) && isSaved(new FileInfo(path)) ? new FilePlace(path, IsSaved: true)
        : null;

    /// <summary>Whether a file may have this path, as far as the disk goes.</summary>
    private bool IsFree(string path)
    {
        if (IsNumbered || existing == ExistingFile.Overwrite || !(File.Exists(path) || Directory.Exists(path))) return true;

        return existing == ExistingFile.Refuse ? throw Failures.FileExists(path) : false;
    }

    // Where the file system tells case apart, only a listing finds the name that differs in it.
    private void List(string directory)
    {
        if (!Directory.Exists(directory)) return;

        foreach (string path in Directory.EnumerateFileSystemEntries(directory)) _nextNumbers[Key(directory, Path.GetFileName(path))] = 2;
    }

    /// <summary>The hash of a path, whatever the case of its name.</summary>
    private static ulong Key(string directory, string name)
    {
        ulong hash = Fnv.Start;
        foreach (char c in directory) hash = Fnv.Add(hash, c);
        foreach (char c in name) hash = Fnv.Add(hash, char.ToUpperInvariant(c));
        return hash;
    }
}

/// <summary>A file's place.</summary>
/// <param name="Path">The path.</param>
/// <param name="IsSaved">True when the file is there already, from an earlier run.</param>
internal sealed record FilePlace(string Path, bool IsSaved)
{
    /// <summary>Claims the next free name, when someone else has taken this one; null where that is an error.</summary>
    public Func<FilePlace>? Another { get; init; }

    /// <summary>Commits a file to this place, or to the next free one where somebody was quicker; returns where it is.</summary>
    public FilePlace Commit(PendingFile file, DateTimeOffset? time, bool overwrite)
    {
        FilePlace place = this;
        while (true)
        {
            try
            {
                file.Commit(place.Path, time, overwrite);
                return place;
            }
            catch (IOException) when (place.Another is not null && (File.Exists(place.Path) || Directory.Exists(place.Path)))
            {
                place = place.Another();
            }
        }
    }

    /// <summary>
    /// True when a file bears the time at which the message was received, as each saved file does. A name and a length alone may be
    /// another message's: a report that comes every night.
    /// </summary>
    public static bool HasTime(FileInfo file, DateTimeOffset? received) =>
        received is { UtcDateTime: var time } && Math.Abs((file.LastWriteTimeUtc - time).TotalSeconds) <= TimeResolution;

    /// <summary>How exactly the coarsest file systems keep times (FAT), in seconds.</summary>
    private const int TimeResolution = 2;
}
