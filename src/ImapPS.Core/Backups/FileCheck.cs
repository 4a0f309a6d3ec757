using System;
using System.IO;
using System.Security.Cryptography;
using System.Threading;
using ImapPS.Errors;

namespace ImapPS.Backups;

/// <summary>Compares a message's file with its digest.</summary>
internal static class FileCheck
{
    private const int BufferSize = 64 * 1024;

    /// <summary>Null for a file that is what it was, or what is wrong with it.</summary>
    public static ImapException? Run(BackupFiles files, BackupEntry entry, CancellationToken cancellationToken)
    {
        string path = files.PathOf(entry);
        try
        {
            using Stream file = files.Open(entry);
            if (file is FileStream && file.Length != entry.Size) return Failures.BackupFileDamaged(path);

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
