using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using ImapPS.Errors;
using ImapPS.Files;

namespace ImapPS.Backups;

/// <summary>Compares a message's file with its digest.</summary>
internal static class FileCheck
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Null for a file that is what it was, or what is wrong with it.</summary>
    public static ImapException? Run(string root, BackupEntry entry, CancellationToken cancellationToken)
    {
        string path = BackupPaths.File(root, entry);
        try
        {
            using FileStream file = MessageFiles.Open(path);
            if (file.Length != entry.Size) return Failures.BackupFileDamaged(path);

            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            byte[] buffer = new byte[BufferSize];
            for (int read = file.Read(buffer, 0, BufferSize); read > 0; read = file.Read(buffer, 0, BufferSize))
            {
                cancellationToken.ThrowIfCancellationRequested();
                hash.AppendData(buffer, 0, read);
            }

            return Digests.ToText(hash.GetHashAndReset()) == entry.Digest ? null : Failures.BackupFileDamaged(path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return Failures.BackupFileMissing(path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            return Failures.FileNotRead(path, failed, path);
        }
    }
}
