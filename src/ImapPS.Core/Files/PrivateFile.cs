using System.IO;

namespace ImapPS.Files;

/// <summary>
/// The one place where files are made that hold mail: on Unix nobody but their owner may read them, whatever the umask says. A file or
/// directory that is there keeps the mode that it has.
/// </summary>
internal static class PrivateFile
{
    private const int BufferSize = 64 * 1024;

    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize = BufferSize,
        FileOptions options = FileOptions.None)
    {
#if NET
        var how = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = bufferSize, Options = options };
        if (!System.OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, how);
#else
        return new FileStream(path, mode, access, share, bufferSize, options);
#endif
    }

    /// <summary>Makes a directory, and those above it, unless they are there.</summary>
    public static void CreateDirectory(string path)
    {
#if NET
        if (!System.OperatingSystem.IsWindows())
        {
            if (Directory.Exists(path)) return;

            // .NET gives the mode to the last of them only.
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { Length: > 0 } above) CreateDirectory(above);
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return;
        }
#endif
        Directory.CreateDirectory(path);
    }
}
