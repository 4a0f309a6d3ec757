using System.IO;
using ImapPS.Errors;
using ImapPS.Files;

namespace ImapPS.Backups;

/// <summary>Keeps others from writing to a backup meanwhile.</summary>
internal static class BackupLock
{
    /// <summary>Takes the lock. The file stays: one that was removed as it was let go could be locked twice.</summary>
    public static FileStream Take(string root)
    {
        try
        {
            return PrivateFile.Open(Path.Combine(root, BackupPaths.Lock), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None,
                bufferSize: 1);
        }
        catch (IOException held) when (IsHeld(held))
        {
            throw Failures.BackupInUse(root, held);
        }
    }

    /// <summary>EAGAIN of Linux and macOS, and the sharing and lock violations of Windows.</summary>
    private static bool IsHeld(IOException failed) =>
        failed.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
