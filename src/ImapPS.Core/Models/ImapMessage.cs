using System;
using ImapPS.Reading;
using MimeKit;

namespace ImapPS.Models;

/// <summary>
/// A message at the time when it was read: its envelope, flags and structure. Folder, UidValidity and Uid identify the message. Control
/// characters in its texts are shown as pictures, so a header cannot control the terminal.
/// </summary>
public class ImapMessage
{
    private readonly MessageFacts _facts;

    internal ImapMessage()
        : this(new MessageFacts())
    {
    }

    /// <param name="facts">What the message is; nobody else's.</param>
    internal ImapMessage(MessageFacts facts) => _facts = facts;

    /// <summary>A message that is all that the other is, for an object that knows more of it.</summary>
    private protected ImapMessage(ImapMessage other)
    {
        _facts = other._facts.Copy();
        Kept = KeptCopy.Of(other);
    }

    /// <summary>The id of the session that the message was read from.</summary>
    public int? SessionId { get => _facts.SessionId; internal init => _facts.SessionId = value; }

    /// <summary>The path of the folder of the message.</summary>
    public string Folder { get => _facts.Folder; internal init => _facts.Folder = value; }

    /// <summary>The UIDVALIDITY of the folder. The UID is valid only together with it.</summary>
    public uint? UidValidity { get => _facts.UidValidity; internal init => _facts.UidValidity = value; }

    /// <summary>The unique identifier of the message in its folder (RFC 9051, 2.3.1.1).</summary>
    public uint Uid { get => _facts.Uid; internal init => _facts.Uid = value; }

    /// <summary>
    /// The time at which the message was written, as the sender says (Date). Null if the header is missing or is not a date.
    /// </summary>
    public DateTimeOffset? Date { get => _facts.Date; internal init => _facts.Date = value; }

    /// <summary>
    /// The time at which the server received the message (INTERNALDATE). Null if the server does not say, or says what is not a date.
    /// </summary>
    public DateTimeOffset? Received { get => _facts.Received; internal init => _facts.Received = value; }

    /// <summary>The authors.</summary>
    public ImapAddressList From { get => _facts.From; internal init => _facts.From = value; }

    /// <summary>The recipients.</summary>
    public ImapAddressList To { get => _facts.To; internal init => _facts.To = value; }

    /// <summary>The recipients of a copy.</summary>
    public ImapAddressList Cc { get => _facts.Cc; internal init => _facts.Cc = value; }

    /// <summary>The recipients of a hidden copy. Known only for messages that were written in this mailbox.</summary>
    public ImapAddressList Bcc { get => _facts.Bcc; internal init => _facts.Bcc = value; }

    /// <summary>The addresses for answers. Empty if the header is missing.</summary>
    public ImapAddressList ReplyTo { get => _facts.ReplyTo; internal init => _facts.ReplyTo = value; }

    /// <summary>The subject, decoded. Empty if the header is missing.</summary>
    public string Subject { get => _facts.Subject; internal init => _facts.Subject = value; }

    /// <summary>The Message-ID without its angle brackets. Empty if the header is missing.</summary>
    public string MessageId { get => _facts.MessageId; internal init => _facts.MessageId = value; }

    /// <summary>The Message-ID of the message that this one answers, without its angle brackets. Empty if the header is missing.</summary>
    public string InReplyTo { get => _facts.InReplyTo; internal init => _facts.InReplyTo = value; }

    /// <summary>The size in octets (RFC822.SIZE).</summary>
    public long Size { get => _facts.Size; internal init => _facts.Size = value; }

    /// <summary>The system flags.</summary>
    public ImapMessageFlags Flags { get => _facts.Flags; internal init => _facts.Flags = value; }

    /// <summary>The keywords. Keywords are flags that users define (RFC 9051, 2.3.2).</summary>
    public ImapList<string> Keywords { get => _facts.Keywords; internal init => _facts.Keywords = value; }

    /// <summary>True if \Seen is set.</summary>
    public bool IsRead => Flags.HasFlag(ImapMessageFlags.Seen);

    /// <summary>True if \Flagged is set.</summary>
    public bool IsFlagged => Flags.HasFlag(ImapMessageFlags.Flagged);

    /// <summary>True if there is at least one attachment.</summary>
    public bool HasAttachment => Attachments.Count > 0;

    /// <summary>The attachments, as the structure of the message describes them.</summary>
    public ImapList<ImapAttachment> Attachments { get => _facts.Attachments; internal init => _facts.Attachments = value; }

    /// <summary>The labels of the message on Gmail. Empty on other servers.</summary>
    public ImapList<string> Labels { get => _facts.Labels; internal init => _facts.Labels = value; }

    /// <summary>The server's identifier of the thread (OBJECTID, RFC 8474, or Gmail's). Empty if the server has none.</summary>
    public string ThreadId { get => _facts.ThreadId; internal init => _facts.ThreadId = value; }

    /// <summary>
    /// The server's identifier of the message in all folders (OBJECTID, RFC 8474, or Gmail's). Empty if the server has none.
    /// </summary>
    public string EmailId { get => _facts.EmailId; internal init => _facts.EmailId = value; }

    /// <summary>
    /// The modification sequence of the message (CONDSTORE, RFC 7162). It grows with every change of the flags. Null if the server has
    /// none.
    /// </summary>
    public ulong? ModSeq { get => _facts.ModSeq; internal init => _facts.ModSeq = value; }

    /// <summary>The header fields that were requested, in the order of the message. Otherwise empty.</summary>
    public ImapList<ImapHeader> Headers { get => _facts.Headers; internal init => _facts.Headers = value; }

    /// <summary>The first words of the text, with -Include Preview. Otherwise null.</summary>
    public string? Preview { get => _facts.Preview; internal init => _facts.Preview = value; }

    /// <summary>The text, with -Include Body. Otherwise null.</summary>
    public string? Body { get => _facts.Body; internal init => _facts.Body = value; }

    /// <summary>The UID of the first message of the thread, with -Thread. Otherwise null.</summary>
    public uint? Thread { get => _facts.Thread; internal init => _facts.Thread = value; }

    /// <summary>The depth in the thread, with -Thread: 0 for the first message, 1 for its answers. Otherwise null.</summary>
    public int? ThreadDepth { get => _facts.ThreadDepth; internal init => _facts.ThreadDepth = value; }

    /// <summary>Header fields that were fetched to compare them, whether the caller requested them or not.</summary>
    internal ImapList<ImapHeader> Fetched { get => _facts.Fetched; init => _facts.Fetched = value; }

    /// <summary>When the message came into its folder (SAVEDATE, RFC 8514), if that was needed to compare it.</summary>
    internal DateTimeOffset? Saved { get => _facts.Saved; init => _facts.Saved = value; }

    /// <summary>The header field of that name as it came; nothing where there is none, or where there are several.</summary>
    internal ReadOnlySpan<byte> Field(HeaderId id) => _facts.Source.Only(id);

    /// <summary>The octets of the header that the object keeps.</summary>
    internal int Octets => _facts.Source.Length;

    /// <summary>The session's name, if a caller's row has it instead of SessionId.</summary>
    internal string? SessionName { get => _facts.SessionName; init => _facts.SessionName = value; }

    /// <summary>The copy that is to be kept, if the message is a copy that need not be.</summary>
    internal KeptCopy? Kept { get => _facts.Kept; init => _facts.Kept = value; }

    /// <summary>
    /// True if the object does not hold all that a message has: it was made from a caller's row, or no more was needed when it was read.
    /// </summary>
    internal bool IsPartial
    {
        get => _facts.Parts != MessageParts.All;
        init => _facts.Parts = value ? MessageParts.None : MessageParts.All;
    }

    /// <summary>True if the message was waited for. Later commands in the pipeline then do not wait for more messages.</summary>
    internal bool IsAwaited { get; set; }

    /// <summary>True if the object holds all that is asked for.</summary>
    internal bool Has(MessageParts parts) => _facts.Parts.HasFlag(parts);

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
        Kept = null,
    };

    /// <summary>The same message, of which no more is certain than where it is.</summary>
    internal ImapMessage AsPartial() => new(this) { IsPartial = true };

    /// <summary>The message's copy in another account, where the server's own names for it do not hold.</summary>
    internal ImapMessage InAccount(int sessionId, string folder, uint? uidValidity, uint uid) =>
        new(At(sessionId, folder, uidValidity, uid))
        {
            Labels = ImapList<string>.Empty,
            ThreadId = string.Empty,
            EmailId = string.Empty,
            Saved = null,
        };

    /// <summary>The same message with the time at which it was received.</summary>
    internal ImapMessage With(DateTimeOffset? received) => new(this) { Received = received };

    /// <summary>The same message with its attachments.</summary>
    internal ImapMessage With(ImapList<ImapAttachment> attachments) => new(this) { Attachments = attachments };

    /// <summary>The same message with the beginning of its text.</summary>
    internal ImapMessage WithPreview(string preview) => new(this) { Preview = preview };

    /// <summary>The same message, of which that copy is to be kept.</summary>
    internal ImapMessage With(KeptCopy? kept) => new(this) { Kept = kept };

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

    /// <summary>Returns the subject.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Subject;
}
