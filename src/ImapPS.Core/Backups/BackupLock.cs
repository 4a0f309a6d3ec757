using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using ImapPS.Errors;
using ImapPS.Files;

namespace ImapPS.Backups;

/// <summary>
/// Keeps others from doing the same meanwhile: from writing to a backup, and from restoring it to the same account, which would have each
/// message twice. The files stay: one that was removed as it was let go could be locked twice.
/// </summary>
internal static class BackupLock
{
    /// <summary>What files end in that are locked.</summary>
    public const string Extension = ".lock";

    private const string RestorePrefix = "restore-";

    /// <summary>How many octets of a digest tell accounts apart.</summary>
    private const int Octets = 8;

    /// <summary>Takes the lock of whoever writes to a backup.</summary>
    public static FileStream Take(string root)
    {
        try
        {
            return Open(Path.Combine(root, BackupPaths.Lock));
        }
        catch (IOException held) when (IsHeld(held))
        {
            throw Failures.BackupInUse(root, held);
        }
    }

    /// <summary>Takes the lock of whoever restores a backup to an account.</summary>
    /// <returns>Null where nothing can be written, such as on a disk that is only to be read: then nobody is kept out.</returns>
    public static FileStream? TakeForRestore(string root, string server, string user, int port)
    {
        try
        {
            return Open(Path.Combine(root, NameFor(server, user, port)));
        }
        catch (IOException held) when (IsHeld(held))
        {
            throw Failures.RestoreUnderway(root, $"{user} at {server}", held);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a file of a backup's directory is one that is locked.</summary>
    public static bool Is(string root, string path)
    {
        string name = Path.GetFileName(path);
        return path == Path.Combine(root, name) && (name == BackupPaths.Lock
            || (name.StartsWith(RestorePrefix, StringComparison.Ordinal) && name.EndsWith(Extension, StringComparison.Ordinal)));
    }

    private static string NameFor(string server, string user, int port)
    {
        // The two ports that IMAP has are the same server's.
        string text = string.Format(CultureInfo.InvariantCulture, "{0}:{1}\n{2}", server.ToLowerInvariant(),
            port is 143 or 993 ? 0 : port, user.ToLowerInvariant());
        return RestorePrefix + Digests.ToText([.. Sha256.Of(Encoding.UTF8.GetBytes(text)).Take(Octets)]) + Extension;
    }

    private static FileStream Open(string path) =>
        PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, bufferSize: 1);

    /// <summary>EAGAIN of Linux and macOS, and the sharing and lock violations of Windows.</summary>
    private static bool IsHeld(IOException failed) =>
        failed.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
