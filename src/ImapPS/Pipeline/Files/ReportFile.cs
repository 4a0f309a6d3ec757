using System;
using System.IO;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Reporting;

namespace ImapPS.Pipeline.Files;

/// <summary>The file of a report: written under a temporary name, and renamed when it is whole.</summary>
internal sealed class ReportFile
{
    private readonly bool _overwrites;

    private ReportFile(string path, bool overwrites) => (Path, _overwrites) = (path, overwrites);

    /// <summary>The whole path, in the file system's own terms.</summary>
    public string Path { get; }

    /// <summary>The file at a path. Throws when no file may be written there, before anything is read for it.</summary>
    public static ReportFile At(string path, bool overwrites)
    {
        if (Directory.Exists(path) || System.IO.Path.GetFileName(path).Length == 0) throw Failures.ReportIsDirectory(path);

        return overwrites || !File.Exists(path) ? new ReportFile(path, overwrites) : throw Failures.FileExists(path);
    }

    public FileInfo Write(MailboxReport report)
    {
        try
        {
            using var file = new PendingFile(System.IO.Path.GetDirectoryName(Path)!);
            ReportPage.Write(report, file);
            file.Commit(Path, time: null, _overwrites);
            return new FileInfo(Path);
        }
        catch (IOException) when (!_overwrites && File.Exists(Path))
        {
            // It came while the mailbox was read.
            throw Failures.FileExists(Path);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotSaved(Path, failed);
        }
    }
}
