using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using ImapPS.Errors;

namespace ImapPS.Files;

/// <summary>A file of JSON lines that grows, and that is on the disk when a line was said to be written.</summary>
internal sealed class Journal : IDisposable
{
    private const string Usual = "journal";

    private readonly FileStream? _lock;
    private readonly FileStream? _file;

    /// <summary>Opens the file, and creates it if it is missing; its directory must be there.</summary>
    /// <param name="path">The file.</param>
    /// <param name="what">What errors call it.</param>
    public Journal(string path, string what = Usual)
    {
        Path = path;
        try
        {
            _file = PrivateFile.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);

            // Two that wrote at once would write over each other's lines. To share a file for reading only keeps no writer out but on
            // Windows.
            _lock = PrivateFile.Open(path + ".lock", FileMode.OpenOrCreate, FileAccess.Write, FileShare.None,
                bufferSize: 1, FileOptions.DeleteOnClose);
            EndLastLine(_file);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            Dispose();
            throw Failures.JournalNotOpened(what, path, failed);
        }
    }

    public string Path { get; }

    /// <summary>Refuses a file that could not be opened, and creates none.</summary>
    /// <inheritdoc cref="Journal(string, string)"/>
    public static void Check(string path, string what = Usual)
    {
        try
        {
            using FileStream? file = File.Exists(path)
                ? new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1) : null;
            if (Directory.Exists(path)) throw new UnauthorizedAccessException($"'{path}' is a directory.");
            if (System.IO.Path.GetDirectoryName(path) is { Length: > 0 } directory && !Directory.Exists(directory))
            {
                throw new DirectoryNotFoundException($"The directory '{directory}' does not exist.");
            }
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw Failures.JournalNotOpened(what, path, failed);
        }
    }

    /// <summary>Appends a line for each, and returns when the disk has them all. When that fails, it has none of them.</summary>
    public void Append<T>(IEnumerable<T> values)
    {
        // Nothing but ASCII: Windows PowerShell takes a file without a byte order mark for one in the system's code page.
        DurableLines.Append(_file!, values.Select(value => JsonSerializer.SerializeToUtf8Bytes(value)));
    }

    public void Dispose()
    {
        _file?.Dispose();
        _lock?.Dispose();
    }

    /// <summary>What a crash has left of a line must not spoil the next one.</summary>
    private static void EndLastLine(FileStream file)
    {
        if (file.Length == 0) return;

        file.Seek(-1, SeekOrigin.End);
        if (file.ReadByte() != DurableLines.End) file.WriteByte(DurableLines.End);
    }
}
