using System;

namespace ImapPS.Models;

/// <summary>
/// A message as it was when it was read: its envelope, flags and structure. Folder, UidValidity and Uid name it; control
/// characters in its texts are shown as pictures, so that no header can drive a terminal.
/// </summary>
public class ImapMessage
{
    internal ImapMessage()
    {
    }

    /// <summary>A message that is all that the other is, for an object that knows more of it.</summary>
    private protected ImapMessage(ImapMessage other)
    {
        IsPartial = other.IsPartial;
        SessionId = other.SessionId;
        Folder = other.Folder;
        UidValidity = other.UidValidity;
        Uid = other.Uid;
        Date = other.Date;
        Received = other.Received;
        From = other.From;
        To = other.To;
        Cc = other.Cc;
        Bcc = other.Bcc;
        ReplyTo = other.ReplyTo;
        Subject = other.Subject;
        MessageId = other.MessageId;
        InReplyTo = other.InReplyTo;
        Size = other.Size;
        Flags = other.Flags;
        Keywords = other.Keywords;
        Attachments = other.Attachments;
        Labels = other.Labels;
        ThreadId = other.ThreadId;
        EmailId = other.EmailId;
        ModSeq = other.ModSeq;
        Headers = other.Headers;
        Fetched = other.Fetched;
        Saved = other.Saved;
        Preview = other.Preview;
        Body = other.Body;
        Thread = other.Thread;
        ThreadDepth = other.ThreadDepth;
    }

    /// <summary>The session that the message was read from.</summary>
    public int? SessionId { get; internal init; }

    /// <summary>The path of the folder that holds the message.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>The folder's UIDVALIDITY, under which the UID is valid.</summary>
    public uint? UidValidity { get; internal init; }

    /// <summary>The unique identifier of the message within its folder (RFC 9051, 2.3.1.1).</summary>
    public uint Uid { get; internal init; }

    /// <summary>When the sender says that it was written (Date); null when the header is missing or is no date.</summary>
    public DateTimeOffset? Date { get; internal init; }

    /// <summary>When the server received it (INTERNALDATE).</summary>
    public DateTimeOffset? Received { get; internal init; }

    /// <summary>Who wrote it.</summary>
    public ImapAddressList From { get; internal init; } = ImapAddressList.Empty;

    /// <summary>Whom it was sent to.</summary>
    public ImapAddressList To { get; internal init; } = ImapAddressList.Empty;

    /// <summary>Who got a copy.</summary>
    public ImapAddressList Cc { get; internal init; } = ImapAddressList.Empty;

    /// <summary>Who got a copy that the others do not see; known of messages that were written in this mailbox.</summary>
    public ImapAddressList Bcc { get; internal init; } = ImapAddressList.Empty;

    /// <summary>Whom to answer; empty when the header is missing.</summary>
    public ImapAddressList ReplyTo { get; internal init; } = ImapAddressList.Empty;

    /// <summary>The subject, decoded; empty when the header is missing.</summary>
    public string Subject { get; internal init; } = string.Empty;

    /// <summary>The Message-ID without its angle brackets; empty when the header is missing.</summary>
    public string MessageId { get; internal init; } = string.Empty;

    /// <summary>
    /// The Message-ID of the message that this one answers, without its angle brackets; empty when the header is missing.
    /// </summary>
    public string InReplyTo { get; internal init; } = string.Empty;

    /// <summary>The size in octets (RFC822.SIZE).</summary>
    public long Size { get; internal init; }

    /// <summary>The system flags.</summary>
    public ImapMessageFlags Flags { get; internal init; }

    /// <summary>The keywords: flags of the users' own (RFC 9051, 2.3.2).</summary>
    public ImapList<string> Keywords { get; internal init; } = ImapList<string>.Empty;

    /// <summary>True when \Seen is set.</summary>
    public bool IsRead => Flags.HasFlag(ImapMessageFlags.Seen);

    /// <summary>True when \Flagged is set.</summary>
    public bool IsFlagged => Flags.HasFlag(ImapMessageFlags.Flagged);

    /// <summary>True when there is at least one attachment.</summary>
    public bool HasAttachment => Attachments.Count > 0;

    /// <summary>The attachments, as the message's structure describes them.</summary>
    public ImapList<ImapAttachment> Attachments { get; internal init; } = ImapList<ImapAttachment>.Empty;

    /// <summary>The labels that Gmail gives the message; empty on other servers.</summary>
    public ImapList<string> Labels { get; internal init; } = ImapList<string>.Empty;

    /// <summary>The server's identifier of the thread (OBJECTID, RFC 8474, or Gmail's); empty where it has none.</summary>
    public string ThreadId { get; internal init; } = string.Empty;

    /// <summary>The server's identifier of the message in every folder (OBJECTID, RFC 8474, or Gmail's); empty where it has none.</summary>
    public string EmailId { get; internal init; } = string.Empty;

    /// <summary>
    /// The message's modification sequence (CONDSTORE, RFC 7162): it grows with every change of its flags. Null where the server has none.
    /// </summary>
    public ulong? ModSeq { get; internal init; }

    /// <summary>The header fields that were asked for, in the order in which they stand in the message; empty otherwise.</summary>
    public ImapList<ImapHeader> Headers { get; internal init; } = ImapList<ImapHeader>.Empty;

    /// <summary>The first words of the text, where -Include Preview asked for them; null otherwise.</summary>
    public string? Preview { get; internal init; }

    /// <summary>The text, where -Include Body asked for it; null otherwise.</summary>
    public string? Body { get; internal init; }

    /// <summary>With -Thread, the UID of the message that its thread begins with; null otherwise.</summary>
    public uint? Thread { get; internal init; }

    /// <summary>With -Thread, how many answers lie between the message and the beginning of its thread; null otherwise.</summary>
    public int? ThreadDepth { get; internal init; }

    /// <summary>Header fields that were fetched to compare them, whether or not the caller asked for them.</summary>
    internal ImapList<ImapHeader> Fetched { get; init; } = ImapList<ImapHeader>.Empty;

    /// <summary>When it came into its folder (SAVEDATE, RFC 8514), where that was needed to compare it.</summary>
    internal DateTimeOffset? Saved { get; init; }

    /// <summary>The session's name, where a caller's row has that instead of SessionId.</summary>
    internal string? SessionName { get; init; }

    /// <summary>True when the object was made of what a caller brought along, and does not hold all that a message has.</summary>
    internal bool IsPartial { get; init; }

    /// <summary>True when the message was waited for, so that what follows in the pipeline does not wait for more of them.</summary>
    internal bool IsAwaited { get; set; }

    /// <summary>The same message in another place.</summary>
    internal ImapMessage At(int sessionId, string folder, uint? uidValidity, uint uid) => new(this)
    {
        SessionId = sessionId,
        Folder = folder,
        UidValidity = uidValidity,
        Uid = uid,
        ModSeq = null,
        Thread = null,
        ThreadDepth = null,
    };

    /// <summary>The same message, of which no more is certain than where it is.</summary>
    internal ImapMessage AsPartial() => new(this) { IsPartial = true };

    /// <summary>The message's copy in another account, where the server's own names for it do not hold.</summary>
    internal ImapMessage InAccount(int sessionId, string folder, uint uidValidity, uint uid) => new(At(sessionId, folder, uidValidity, uid))
    {
        Labels = ImapList<string>.Empty,
        ThreadId = string.Empty,
        EmailId = string.Empty,
        Saved = null,
    };

    /// <summary>The same message with the time at which it was received.</summary>
    internal ImapMessage With(DateTimeOffset? received) => new(this) { Received = received };

    /// <summary>The same message with its text.</summary>
    internal ImapMessage With(string body) => new(this) { Body = body };

    /// <summary>The same message with the flags that it has now.</summary>
    internal ImapMessage With(ImapMessageFlags flags, ImapList<string> keywords, ulong? modSeq, ImapList<string> labels) => new(this)
    {
        Flags = flags,
        Keywords = keywords,
        ModSeq = modSeq,
        Labels = labels,
    };

    /// <summary>The subject.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Subject;
}
