using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ImapPS.Sandbox;

/// <summary>A folder of a scripted server; whatever stands here is told as it is.</summary>
public sealed class ScriptedFolder
{
    public required string Path { get; set; }

    /// <summary>The name as it goes over the line, with its quotes; null for the path in modified UTF-7, quoted.</summary>
    public string? WireName { get; set; }

    /// <summary>As in LIST: <c>\HasNoChildren \Trash</c>.</summary>
    public string Attributes { get; set; } = @"\HasNoChildren";

    public uint UidValidity { get; set; } = 1;

    /// <summary>MAILBOXID of OBJECTID; null where the server has none.</summary>
    public string? MailboxId { get; set; }

    /// <summary>What the next UID is at least: one of a message that is gone is not given again.</summary>
    public uint? UidNext { get; set; }

    public IList<ScriptedMessage> Messages { get; } = [];

    public uint NextUid => Math.Max(UidNext ?? 1, Messages.Count == 0 ? 1 : Messages.Max(message => message.Uid) + 1);

    internal string Name => WireName ?? $"\"{ModifiedUtf7.Encode(Path).Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}

/// <summary>A message of a scripted server; whatever stands here is told as it is.</summary>
public sealed class ScriptedMessage
{
    public required uint Uid { get; init; }

    /// <summary>The message, octet for octet.</summary>
    public required byte[] Octets { get; set; }

    /// <summary>As in FETCH, without the parentheses: <c>\Seen $Label1</c>.</summary>
    public string Flags { get; set; } = "";

    /// <summary>With its quotes.</summary>
    public string InternalDate { get; set; } = "\"02-Mar-2026 10:00:00 +0100\"";

    /// <summary>Null for one part of plain text.</summary>
    public string? BodyStructure { get; set; }

    /// <summary>What other items are told as, by their names: ["EMAILID"] = "(M1)".</summary>
    public IDictionary<string, string> Items { get; } = new Dictionary<string, string>();

    /// <summary>The octets of parts, by their numbers: ["2"] or ["2.MIME"]. Of a message in one part the first need not be said.</summary>
    public IDictionary<string, byte[]> Parts { get; } = new Dictionary<string, byte[]>();

    /// <summary>A copy of it under another UID.</summary>
    internal ScriptedMessage At(uint uid) => new()
    {
        Uid = uid,
        Octets = Octets,
        Flags = Flags,
        InternalDate = InternalDate,
        BodyStructure = BodyStructure,
    };

    internal string Text => Encoding.Latin1.GetString(Octets);

    internal int HeaderLength => Text.IndexOf("\r\n\r\n", System.StringComparison.Ordinal) is var end and >= 0 ? end + 4 : Octets.Length;
}
