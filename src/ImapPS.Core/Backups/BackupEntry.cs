using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>A message of a folder that is in the backup.</summary>
internal sealed class BackupEntry(BackupFolder folder, ManifestLine line)
{
    /// <summary>What a line says of a file with LF where the message has CRLF.</summary>
    public const string UnixText = "LF";

    public BackupFolder Folder { get; } = folder;

    public uint UidValidity { get; } = line.UidValidity ?? 0;

    public uint Uid { get; } = line.Uid ?? 0;

    public string Digest { get; } = line.Digest ?? string.Empty;

    /// <summary>The unique part of the name of its file in a Maildir; null in a backup of .eml files.</summary>
    public string? File { get; } = line.File;

    /// <summary>Whether its file has LF where the message has CRLF.</summary>
    public bool IsUnixText { get; } = line.LineEnds == UnixText;

    public long Size { get; } = line.Size ?? 0;

    /// <summary>The size that the server tells.</summary>
    public long ToldSize { get; } = line.ToldSize ?? line.Size ?? 0;

    public DateTimeOffset? Received { get; } = line.Received;

    public string MessageId { get; } = line.MessageId ?? string.Empty;

    public string EmailId { get; } = line.EmailId ?? string.Empty;

    /// <summary>Flags and keywords, in their order.</summary>
    public IReadOnlyList<string> Flags { get; set; } = line.Flags ?? [];

    /// <summary>When it was found that the server no longer has it.</summary>
    public DateTimeOffset? Gone { get; set; }

    /// <summary>Why it is gone.</summary>
    public string Reason { get; set; } = string.Empty;

    /// <summary>What its file is called, in a Maildir without the letters of flags.</summary>
    public string FileName => File ?? Digest + BackupFolder.Extension;

    /// <summary>A line about this message.</summary>
    public ManifestLine Line(string type) => new() { Type = type, Folder = Folder.Id, UidValidity = UidValidity, Uid = Uid };

    /// <summary>The line that tells of the message, and makes it one that is not gone.</summary>
    public ManifestLine Whole() => Line(ManifestLine.Message) with
    {
        Digest = Digest,
        File = File,
        LineEnds = IsUnixText ? UnixText : null,
        Size = Size,
        ToldSize = ToldSize == Size ? null : ToldSize,
        Received = Received,
        Flags = Flags,
        MessageId = MessageId.Length == 0 ? null : MessageId,
        EmailId = EmailId.Length == 0 ? null : EmailId,
    };

    /// <summary>Flags and keywords as a line has them: a flag begins with a backslash.</summary>
    public static IReadOnlyList<string> ToFlags(ImapMessageFlags flags, IEnumerable<string> keywords) =>
    [
        .. _flags.Where(flag => flags.HasFlag(flag)).Select(flag => "\\" + flag),
        .. keywords.OrderBy(keyword => keyword, StringComparer.Ordinal),
    ];

    /// <summary>The system flags among them.</summary>
    public static ImapMessageFlags FlagsOf(IReadOnlyList<string> flags) =>
        _flags.Where(flag => flags.Contains("\\" + flag, StringComparer.OrdinalIgnoreCase))
            .Aggregate(ImapMessageFlags.None, (all, flag) => all | flag);

    /// <summary>The keywords among them.</summary>
    public static IReadOnlyList<string> KeywordsOf(IReadOnlyList<string> flags) =>
        [.. flags.Where(flag => flag.Length > 0 && flag[0] != '\\')];

    private static readonly ImapMessageFlags[] _flags =
    [
        ImapMessageFlags.Seen, ImapMessageFlags.Answered, ImapMessageFlags.Flagged, ImapMessageFlags.Deleted, ImapMessageFlags.Draft,
    ];
}
