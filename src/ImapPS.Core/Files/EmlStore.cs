using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Files;

/// <summary>Each message in a file of its own, byte for byte as the server has it.</summary>
internal sealed class EmlStore : MessageStore
{
    public const string Extension = ".eml";

    private readonly Func<ImapMessage, MessageFile> _place;

    private EmlStore(MessageParts needs, Func<ImapMessage, MessageFile> place) => (Needs, _place) = (needs, place);

    /// <inheritdoc/>
    public override MessageParts Needs { get; }

    /// <summary>Files in a directory, named by a template.</summary>
    public static EmlStore InDirectory(string directory, NameTemplate template, ExistingFile existing)
    {
        var names = new FileNames(existing, asksOnce: true);
        return new EmlStore(template.Needs | NeedsWith(existing), Place);

        MessageFile Place(ImapMessage message)
        {
            IReadOnlyList<string> path = template.Expand(message);
            string folder = path.Take(path.Count - 1)
                .Aggregate(directory, (above, name) => Path.Combine(above, SafeName.Join(name, string.Empty)));
            string name = path[path.Count - 1];
            string stem = name.Length > 0 ? name : string.Format(CultureInfo.InvariantCulture, "message {0}", message.Uid);
            if (existing == ExistingFile.Skip && message.MessageId.Length == 0)
            {
                return new NamedLast(Path.Combine(folder, stem), message.Received, names, isSaved =>
                    names.Claim(folder, stem, Extension, isSaved));
            }

            FilePlace place = names.Claim(folder, stem, Extension, file => SavedMessage.IsIn(file, message));
            return new Eml(place, message.Received, existing == ExistingFile.Overwrite);
        }
    }

    /// <summary>The one file for the one message.</summary>
    public static EmlStore InFile(string path, ExistingFile existing)
    {
        return new EmlStore(NeedsWith(existing), Place);

        MessageFile Place(ImapMessage message)
        {
            var file = new FileInfo(path);
            if (existing == ExistingFile.Overwrite || !file.Exists)
            {
                return new Eml(new FilePlace(path, IsSaved: false), message.Received, existing == ExistingFile.Overwrite);
            }

            if (existing != ExistingFile.Skip) throw Failures.FileExists(path);
            if (message.MessageId.Length == 0) return new NamedLast(path, message.Received, file, isSaved => Found(isSaved(file)));

            return new Eml(Found(SavedMessage.IsIn(file, message)), message.Received, overwrite: false);
        }

        FilePlace Found(bool isSaved) => isSaved ? new FilePlace(path, IsSaved: true) : throw Failures.FileExists(path);
    }

    /// <inheritdoc/>
    public override MessageFile Place(ImapMessage message) => _place(message);

    // The time becomes the file's, and by all three a file is known that an earlier run has saved.
    private static MessageParts NeedsWith(ExistingFile existing) =>
        MessageParts.Received | (existing == ExistingFile.Skip ? MessageParts.Size | MessageParts.MessageId : MessageParts.None);

    private sealed class Eml(FilePlace place, DateTimeOffset? time, bool overwrite) : MessageFile
    {
        private FilePlace _place = place;

        public override string Path => _place.Path;

        public override bool IsSaved => _place.IsSaved;

        public override Stream Open() => new PendingFile(System.IO.Path.GetDirectoryName(_place.Path)!);

        public override FileInfo? Commit(Stream stream)
        {
            _place = _place.Commit((PendingFile)stream, time, overwrite);
            return new FileInfo(_place.Path);
        }
    }

    /// <summary>A message that only its octets tell from another: it gets its name when they are here.</summary>
    private sealed class NamedLast(string stem, DateTimeOffset? time, object one, Func<Predicate<FileInfo>, FilePlace> claim) : MessageFile
    {
        private bool _isSaved;

        public override string Path => stem;

        public override bool IsSaved => _isSaved;

        public override Stream Open() => new PendingFile(System.IO.Path.GetDirectoryName(stem)!);

        public override FileInfo? Commit(Stream stream)
        {
            var file = (PendingFile)stream;

            // Several connections may come to an end at a time.
            lock (one)
            {
                FilePlace place = claim(existing => FilePlace.HasTime(existing, time) && file.HasOctetsOf(existing));
                _isSaved = place.IsSaved;
                if (_isSaved) return null;

                file.Commit(place.Path, time, overwrite: false);
                return new FileInfo(place.Path);
            }
        }
    }
}
