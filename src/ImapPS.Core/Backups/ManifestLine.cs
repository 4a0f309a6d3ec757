using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImapPS.Backups;

/// <summary>A line of a backup's manifest: one JSON object. Which of the properties it has depends on its type.</summary>
internal sealed record ManifestLine
{
    /// <summary>The version of the format. A reader refuses what is newer than itself.</summary>
    public const int Version = 2;

    /// <summary>What lines are of that every reader may read: all but that of the account of a Maildir.</summary>
    public const int Oldest = 1;

    /// <summary>Whose mailbox it is.</summary>
    public const string Account = "account";

    /// <summary>A folder, with its place on the disk; again whenever something of it changes.</summary>
    public const string OfFolder = "folder";

    /// <summary>A message, whose file is on the disk.</summary>
    public const string Message = "message";

    /// <summary>Other flags of a message.</summary>
    public const string OfFlags = "flags";

    /// <summary>The server no longer has the message.</summary>
    public const string Gone = "gone";

    /// <summary>The message is known under another UID now.</summary>
    public const string Replaced = "replaced";

    /// <summary>The message is no longer in the backup.</summary>
    public const string Removed = "removed";

    /// <summary>All that a folder had at that state is in the backup.</summary>
    public const string State = "state";

    /// <summary>All messages of a folder that met the criteria of a backup are in it.</summary>
    public const string Selected = "selected";

    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public int V { get; init; } = Oldest;

    public string Type { get; init; } = string.Empty;

    public DateTimeOffset? Time { get; init; }

    public string? Server { get; init; }

    /// <summary>The port of the server: one host may have several, such as those of tunnels.</summary>
    public int? Port { get; init; }

    public string? User { get; init; }

    /// <summary>The format of the files: Eml, also where nothing is said, or Maildir.</summary>
    public string? Format { get; init; }

    /// <summary>The number of the folder within the manifest.</summary>
    public int? Folder { get; init; }

    /// <summary>The path of the folder on the server.</summary>
    public string? Path { get; init; }

    /// <summary>The names that the path is made of, without the prefix of the user's own namespace.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    public string? Delimiter { get; init; }

    /// <summary>The directory of the folder, with slashes, below the backup's.</summary>
    public string? Directory { get; init; }

    public string? SpecialUse { get; init; }

    public IReadOnlyList<string>? Attributes { get; init; }

    public bool? Subscribed { get; init; }

    public uint? UidValidity { get; init; }

    public uint? Uid { get; init; }

    /// <summary>The SHA-256 of the message's octets, in hexadecimal: the name of its file, where it has no other.</summary>
    public string? Digest { get; init; }

    /// <summary>The unique part of the name of the message's file in a Maildir.</summary>
    public string? File { get; init; }

    /// <summary>"LF" for a file that has LF where the message has CRLF, everywhere; else it has the octets of the message.</summary>
    public string? LineEnds { get; init; }

    /// <summary>How many octets the message has.</summary>
    public long? Size { get; init; }

    /// <summary>The RFC822.SIZE, where the server tells another size than it sends.</summary>
    public long? ToldSize { get; init; }

    /// <summary>The INTERNALDATE.</summary>
    public DateTimeOffset? Received { get; init; }

    public string? MessageId { get; init; }

    /// <summary>The EMAILID (RFC 8474), or Gmail's own number of the message.</summary>
    public string? EmailId { get; init; }

    /// <summary>Flags and keywords, as IMAP writes them.</summary>
    public IReadOnlyList<string>? Flags { get; init; }

    /// <summary>Why a message is gone.</summary>
    public string? Reason { get; init; }

    public uint? UidNext { get; init; }

    public ulong? HighestModSeq { get; init; }

    public int? Count { get; init; }

    /// <summary>The line's octets. All are ASCII: Windows PowerShell takes a file for one in the system's code page.</summary>
    public byte[] ToOctets() => JsonSerializer.SerializeToUtf8Bytes(this, _options);

    /// <summary>Reads a line; null for one that is none.</summary>
    public static ManifestLine? Read(byte[] buffer, int start, int length)
    {
        try
        {
            return JsonSerializer.Deserialize<ManifestLine>(new ReadOnlySpan<byte>(buffer, start, length), _options);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
