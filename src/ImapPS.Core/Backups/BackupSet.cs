using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>
/// A backup that is being written. Its manifest grows by lines; a line is on the disk when it was said to be written, and whatever it tells
/// of was on the disk before. Nobody else writes to it meanwhile.
/// </summary>
internal sealed class BackupSet : IDisposable
{
    private static readonly int[] _ports = [143, 993];

    private readonly FileStream _lock;
    private readonly FileStream _manifest;

    private BackupSet(string root, FileStream held, FileStream manifest, BackupContents contents)
    {
        (Root, _lock, _manifest, Contents) = (root, held, manifest, contents);
        (Known, Files) = (new KnownMessages(contents), new BackupFiles(root));
    }

    public string Root { get; }

    public BackupContents Contents { get; }

    /// <summary>The messages whose octets are here.</summary>
    public KnownMessages Known { get; }

    /// <summary>The files of the messages.</summary>
    public BackupFiles Files { get; }

    /// <summary>The format of the files.</summary>
    public ImapMessageFormat Format { get; private init; }

    private string ManifestPath => Path.Combine(Root, BackupPaths.Manifest);

    /// <summary>Opens the backup of an account, and begins it where there is none.</summary>
    /// <param name="root">The directory.</param>
    /// <param name="server">The server's name.</param>
    /// <param name="user">The user's name.</param>
    /// <param name="port">The server's port; null where it is not to be compared.</param>
    /// <param name="asked">The format; null for the one that it has, or Eml.</param>
    public static BackupSet Open(string root, string server, string user, int? port = null, ImapMessageFormat? asked = null)
    {
        if (File.Exists(root)) throw Failures.BackupIsFile(root);

        BackupSet? backup = null;
        FileStream? held = null;
        FileStream? manifest = null;
        try
        {
            PrivateFile.CreateDirectory(root);
            string path = Path.Combine(root, BackupPaths.Manifest);
            if (!File.Exists(path)) RefuseOrphans(root);
            held = BackupLock.Take(root);
            manifest = PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);
            (BackupContents contents, long end) = ManifestReader.Read(manifest, path);
            Check(contents, root, server, user, port, asked);
            if (contents.Account is null && !contents.Folders.Any()) RefuseOrphans(root);
            ImapMessageFormat format = contents.Format ?? asked ?? ImapMessageFormat.Eml;
            if (end < manifest.Length) manifest.SetLength(end);
            backup = new BackupSet(root, held, manifest, contents) { Format = format };
            if (contents.Account is null)
            {
                backup.Append(
                [
                    new ManifestLine
                    {
                        Type = ManifestLine.Account,
                        Time = DateTimeOffset.UtcNow,
                        Server = server,
                        Port = port,
                        User = user,
                        Format = format.ToString(),
                        V = format == ImapMessageFormat.Maildir ? ManifestLine.Version : ManifestLine.Oldest,
                    },
                ]);
            }

            return backup;
        }
        catch (Exception failed)
        {
            backup?.Dispose();
            manifest?.Dispose();
            held?.Dispose();
            if (failed is IOException or UnauthorizedAccessException) throw Failures.FileNotSaved(root, failed);
            throw;
        }
    }

    /// <summary>Refuses the backup of another account: all that it has would be gone.</summary>
    public static void Check(BackupContents contents, string root, string server, string user, int? port, ImapMessageFormat? asked)
    {
        if (contents.Account is { } account
            && !(string.Equals(account.Server, server, StringComparison.OrdinalIgnoreCase)
                && IsSame(account.Port, port)
                && string.Equals(account.User, user, StringComparison.OrdinalIgnoreCase)))
        {
            throw Failures.BackupOfOther(root, NameOf(account.User, account.Server, account.Port), NameOf(user, server, port));
        }

        if (asked is { } other && contents.Format is { } format && other != format) throw Failures.BackupHasFormat(root, format, other);
    }

    /// <summary>An older backup has no port. The two ports that IMAP has are the same server's.</summary>
    private static bool IsSame(int? port, int? other) => port is null || other is null || port == other
        || (Array.IndexOf(_ports, port.Value) >= 0 && Array.IndexOf(_ports, other.Value) >= 0);

    private static string NameOf(string? user, string? server, int? port) =>
        string.Format(CultureInfo.InvariantCulture, port is null ? "{0} at {1}" : "{0} at {1}, port {2}", user, server, port);

    /// <summary>Files that no manifest tells of would never be restored, and nobody would know.</summary>
    private static void RefuseOrphans(string root)
    {
        if (Directory.Exists(root)
            && Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Any(name =>
                BackupNames.IsOurs(name!) || (name!.EndsWith(BackupFolder.Extension, StringComparison.OrdinalIgnoreCase)
                    && Digests.IsDigest(Path.GetFileNameWithoutExtension(name)))))
        {
            throw Failures.BackupHasNoManifest(root);
        }
    }

    /// <summary>The folder in the backup, with what is known of it now.</summary>
    /// <param name="folder">The folder on the server.</param>
    /// <param name="names">The names that its path is made of.</param>
    public BackupFolder Take(ImapFolder folder, IReadOnlyList<string> names)
    {
        BackupFolder? known = Contents.Find(folder.Path);
        var line = new ManifestLine
        {
            Type = ManifestLine.OfFolder,
            Folder = known?.Id ?? Contents.NextId,
            Path = folder.Path,
            Names = names,
            Delimiter = folder.Delimiter,
            Directory = known?.Directory ?? DirectoryNames.Claim(names, ParentOf(names), Contents.Folders.Select(one => one.Directory),
                Format),
            SpecialUse = folder.SpecialUse.ToString(),
            Attributes = [.. folder.Attributes.Where(attribute => attribute is not ("\\Marked" or "\\Unmarked"))],
            Subscribed = folder.Subscribed,
        };
        if (known is null || !known.Line.ToOctets().SequenceEqual(line.ToOctets())) Append([line]);
        return known ?? Contents.Find(folder.Path)!;
    }

    /// <summary>Adds lines, and returns when the disk has them all. When that fails, it has none of them.</summary>
    public void Append(IReadOnlyCollection<ManifestLine> lines)
    {
        if (lines.Count == 0) return;

        try
        {
            DurableLines.Append(_manifest, lines.Select(line => line.ToOctets()));
        }
        catch (IOException failed)
        {
            throw Failures.FileNotSaved(ManifestPath, failed);
        }

        foreach (ManifestLine line in lines)
        {
            if (Contents.Apply(line) is { } entry) Known.Add(entry);
        }
    }

    public void Dispose()
    {
        _manifest.Dispose();
        _lock.Dispose();
    }

    private string? ParentOf(IReadOnlyList<string> names) => Contents.Folders
        .FirstOrDefault(folder => names.Count > 1 && folder.Names.SequenceEqual(names.Take(names.Count - 1), StringComparer.Ordinal))
        ?.Directory;
}
