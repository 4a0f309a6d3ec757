using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ImapPS.Sandbox;

/// <summary>The two system calls that seeding a Maildir needs and .NET does not have.</summary>
internal static partial class Posix
{
    private const int TooManyLinks = 31;

    /// <summary>Gives a file or directory to another account.</summary>
    public static void ChangeOwner(string path, uint uid, uint gid)
    {
        if (NativeMethods.chown(path, uid, gid) != 0) throw Failure($"chown {path}");
    }

    /// <summary>Gives a file another name; false when the file system allows it no more names.</summary>
    public static bool TryLink(string path, string link)
    {
        if (NativeMethods.link(path, link) == 0) return true;
        if (Marshal.GetLastPInvokeError() == TooManyLinks) return false;
        throw Failure($"link {path} {link}");
    }

    private static Win32Exception Failure(string call) =>
        new(Marshal.GetLastPInvokeError(), $"{call}: {Marshal.GetLastPInvokeErrorMessage()}");

    private static partial class NativeMethods
    {
        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        internal static partial int chown(string path, uint owner, uint group);

        [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        internal static partial int link(string existing, string created);
    }
}
