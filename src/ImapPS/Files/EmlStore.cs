using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Files;

/// <summary>Each message in a file of its own, byte for byte as the server has it.</summary>
internal sealed class EmlStore : MessageStore
{
    public const string Extension = ".eml";

    private readonly Func<ImapMessage, string> _place;
    private readonly bool _overwrites;

    private EmlStore(Func<ImapMessage, string> place, bool overwrites)
    {
        _place = place;
        _overwrites = overwrites;
    }

    /// <summary>Files in a directory, named by a template.</summary>
    public static EmlStore InDirectory(string directory, NameTemplate template, ExistingFile existing)
    {
        var names = new FileNames(existing);
        return new EmlStore(Place, existing == ExistingFile.Overwrite);

        string Place(ImapMessage message)
        {
            IReadOnlyList<string> path = template.Expand(message);
            string folder = path.Take(path.Count - 1).Aggregate(directory, (above, name) => Path.Combine(above, SafeName.Join(name, string.Empty)));
            string name = path[path.Count - 1];
            return names.Claim(folder, name.Length > 0 ? name : string.Format(CultureInfo.InvariantCulture, "message {0}", message.Uid), Extension);
        }
    }

    /// <summary>The one file for the one message.</summary>
    public static EmlStore InFile(string path, bool overwrite) =>
        new(_ => overwrite || !File.Exists(path) ? path : throw Failures.FileExists(path), overwrite);

    /// <inheritdoc/>
    public override MessageFile Place(ImapMessage message) => new Eml(_place(message), message.Received, _overwrites);

    private sealed class Eml(string path, DateTimeOffset? time, bool overwrite) : MessageFile
    {
        public override string Path => path;

        public override Stream Open() => new PendingFile(System.IO.Path.GetDirectoryName(path)!);

        public override FileInfo? Commit(Stream stream)
        {
            ((PendingFile)stream).Commit(path, time, overwrite);
            return new FileInfo(path);
        }
    }
}
