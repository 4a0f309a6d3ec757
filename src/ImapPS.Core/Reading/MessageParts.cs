using System;

namespace ImapPS.Reading;

/// <summary>What of a message is asked of the server, beside its UID and its flags.</summary>
[Flags]
internal enum MessageParts
{
    /// <summary>Where it is, and no more.</summary>
    None = 0,

    /// <summary>The flags and keywords.</summary>
    Flags = 1,
    Size = 1 << 1,
    Received = 1 << 2,

    /// <summary>The structure, which tells of attachments.</summary>
    Structure = 1 << 3,
    Date = 1 << 4,
    From = 1 << 5,
    To = 1 << 6,
    Cc = 1 << 7,
    Bcc = 1 << 8,
    ReplyTo = 1 << 9,
    Subject = 1 << 10,
    MessageId = 1 << 11,
    InReplyTo = 1 << 12,

    /// <summary>The server's own names and numbers for it: of OBJECTID, of CONDSTORE, Gmail's.</summary>
    ServerData = 1 << 13,

    /// <summary>All that a message object holds.</summary>
    All = (1 << 14) - 1,
}
