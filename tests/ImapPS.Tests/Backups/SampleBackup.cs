using System.Security.Cryptography;
using System.Text;
using ImapPS.Backups;
using ImapPS.Models;

namespace ImapPS.Tests.Backups;

/// <summary>A small backup, made without a server.</summary>
internal static class SampleBackup
{
    /// <summary>Makes one with a message in each folder.</summary>
    public static void Write(string root, string user, params string[] folders)
    {
        using BackupSet backup = BackupSet.Open(root, "localhost", user);
        foreach (string path in folders)
        {
            BackupFolder folder = backup.Take(new ImapFolder { Path = path, Delimiter = "/" }, path.Split('/'));
            byte[] octets = Encoding.ASCII.GetBytes($"Subject: {path}\r\nMessage-ID: <{Guid.NewGuid():N}@example.org>\r\n\r\nText\r\n");
            string digest = Digests.ToText(SHA256.HashData(octets));
            string directory = BackupPaths.Directory(root, folder);
            Directory.CreateDirectory(directory);
            File.WriteAllBytes(Path.Combine(directory, digest + BackupFolder.Extension), octets);
            backup.Append(
            [
                new ManifestLine
                {
                    Type = ManifestLine.Message,
                    Folder = folder.Id,
                    UidValidity = 1,
                    Uid = 1,
                    Digest = digest,
                    Size = octets.Length,
                    Received = DateTimeOffset.UnixEpoch.AddYears(50),
                },
                new ManifestLine { Type = ManifestLine.State, Folder = folder.Id, Time = DateTimeOffset.UnixEpoch.AddYears(50) },
            ]);
        }
    }
}
