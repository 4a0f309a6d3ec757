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

    private readonly Func<ImapMessage, FilePlace> _place;
    private readonly bool _overwrites;

    private EmlStore(Func<ImapMessage, FilePlace> place, bool overwrites)
    {
        _place = place;
        _overwrites = overwrites;
    }

    /// <summary>Files in a directory, named by a template.</summary>
    public static EmlStore InDirectory(string directory, NameTemplate template, ExistingFile existing)
    {
        var names = new FileNames(existing);
        return new EmlStore(Place, existing == ExistingFile.Overwrite);

        FilePlace Place(ImapMessage message)
        {
            IReadOnlyList<string> path = template.Expand(message);
            string folder = path.Take(path.Count - 1).Aggregate(directory, (above, name) => Path.Combine(above, SafeName.Join(name, string.Empty)));
            string name = path[path.Count - 1];
            string stem = name.Length > 0 ? name : string.Format(CultureInfo.InvariantCulture, "message {0}", message.Uid);
            return names.Claim(folder, stem, Extension, file => IsSaved(file, message));
        }
    }

    /// <summary>The one file for the one message.</summary>
    public static EmlStore InFile(string path, ExistingFile existing)
    {
        bool overwrites = existing == ExistingFile.Overwrite;
        return new EmlStore(Place, overwrites);

        FilePlace Place(ImapMessage message) =>
            overwrites || !File.Exists(path) ? new FilePlace(path, IsSaved: false)
            : existing == ExistingFile.Skip && IsSaved(new FileInfo(path), message) ? new FilePlace(path, IsSaved: true)
            : throw Failures.FileExists(path);
    }

    /// <inheritdoc/>
    public override MessageFile Place(ImapMessage message) => new Eml(_place(message), message.Received, _overwrites);

    private static bool IsSaved(FileInfo file, ImapMessage message) => file.Length == message.Size && FilePlace.HasTime(file, message.Received);

    private sealed class Eml(FilePlace place, DateTimeOffset? time, bool overwrite) : MessageFile
    {
        public override string Path => place.Path;

        public override bool IsSaved => place.IsSaved;

        public override Stream Open() => new PendingFile(System.IO.Path.GetDirectoryName(place.Path)!);

        public override FileInfo? Commit(Stream stream)
        {
            ((PendingFile)stream).Commit(place.Path, time, overwrite);
            return new FileInfo(place.Path);
        }
    }
}
