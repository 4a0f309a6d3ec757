using System.Runtime.InteropServices;

namespace ImapPS.Backups;

/// <summary>What the manifest tells of a message's file.</summary>
/// <param name="Name">The unique part of its name; null where the digest is its name.</param>
/// <param name="IsUnixText">Whether it has LF where the message has CRLF.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StoredFile(string? Name, bool IsUnixText);
