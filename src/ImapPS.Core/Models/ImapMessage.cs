using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Reflection;

namespace ImapPS.Models;

/// <summary>
/// A message at the time when it was read: its envelope, flags and structure. Folder, UidValidity and Uid identify the message. Control
/// characters in its texts are shown as pictures, so a header cannot control the terminal.
/// </summary>
public class ImapMessage
{
    /// <summary>Copies all that a message is: written by hand, it would forget a property one day.</summary>
    private static readonly Action<ImapMessage, ImapMessage> _copy = Copying();

    internal ImapMessage()
    {
    }

    /// <summary>A message that is all that the other is, for an object that knows more of it.</summary>
    private protected ImapMessage(ImapMessage other)
    {
        _copy(other, this);
        Kept = KeptCopy.Of(other);
        IsAwaited = false;
    }

    /// <summary>The id of the session that the message was read from.</summary>
    public int? SessionId { get; internal init; }

    /// <summary>The path of the folder of the message.</summary>
    public string Folder { get; internal init; } = string.Empty;

    /// <summary>The UIDVALIDITY of the folder. The UID is valid only together with it.</summary>
    public uint? UidValidity { get; internal init; }

    /// <summary>The unique identifier of the message in its folder (RFC 9051, 2.3.1.1).</summary>
    public uint Uid { get; internal init; }

    /// <summary>
    /// The time at which the message was written, as the sender says (Date). Null if the header is missing or is not a date.
    /// </summary>
    public DateTimeOffset? Date { get; internal init; }

    /// <summary>
    /// The time at which the server received the message (INTERNALDATE). Null if the server does not say, or says what is not a date.
    /// </summary>
    public DateTimeOffset? Received { get; internal init; }

    /// <summary>The authors.</summary>
    public ImapAddressList From { get; internal init; } = ImapAddressList.Empty;

    /// <summary>The recipients.</summary>
    public ImapAddressList To { get; internal init; } = ImapAddressList.Empty;

    /// <summary>The recipients of a copy.</summary>
    public ImapAddressList Cc { get; internal init; } = ImapAddressList.Empty;

    /// <summary>The recipients of a hidden copy. Known only for messages that were written in this mailbox.</summary>
    public ImapAddressList Bcc { get; internal init; } = ImapAddressList.Empty;

    /// <summary>The addresses for answers. Empty if the header is missing.</summary>
    public ImapAddressList ReplyTo { get; internal init; } = ImapAddressList.Empty;

    /// <summary>The subject, decoded. Empty if the header is missing.</summary>
    public string Subject { get; internal init; } = string.Empty;

    /// <summary>The Message-ID without its angle brackets. Empty if the header is missing.</summary>
    public string MessageId { get; internal init; } = string.Empty;

    /// <summary>The Message-ID of the message that this one answers, without its angle brackets. Empty if the header is missing.</summary>
    public string InReplyTo { get; internal init; } = string.Empty;

    /// <summary>The size in octets (RFC822.SIZE).</summary>
    public long Size { get; internal init; }

    /// <summary>The system flags.</summary>
    public ImapMessageFlags Flags { get; internal init; }

    /// <summary>The keywords. Keywords are flags that users define (RFC 9051, 2.3.2).</summary>
    public ImapList<string> Keywords { get; internal init; } = ImapList<string>.Empty;

    /// <summary>True if \Seen is set.</summary>
    public bool IsRead => Flags.HasFlag(ImapMessageFlags.Seen);

    /// <summary>True if \Flagged is set.</summary>
    public bool IsFlagged => Flags.HasFlag(ImapMessageFlags.Flagged);

    /// <summary>True if there is at least one attachment.</summary>
    public bool HasAttachment => Attachments.Count > 0;

    /// <summary>The attachments, as the structure of the message describes them.</summary>
    public ImapList<ImapAttachment> Attachments { get; internal init; } = ImapList<ImapAttachment>.Empty;

    /// <summary>The labels of the message on Gmail. Empty on other servers.</summary>
    public ImapList<string> Labels { get; internal init; } = ImapList<string>.Empty;

    /// <summary>The server's identifier of the thread (OBJECTID, RFC 8474, or Gmail's). Empty if the server has none.</summary>
    public string ThreadId { get; internal init; } = string.Empty;

    /// <summary>
    /// The server's identifier of the message in all folders (OBJECTID, RFC 8474, or Gmail's). Empty if the server has none.
    /// </summary>
    public string EmailId { get; internal init; } = string.Empty;

    /// <summary>
    /// The modification sequence of the message (CONDSTORE, RFC 7162). It grows with every change of the flags. Null if the server has
    /// none.
    /// </summary>
    public ulong? ModSeq { get; internal init; }

    /// <summary>The header fields that were requested, in the order of the message. Otherwise empty.</summary>
    public ImapList<ImapHeader> Headers { get; internal init; } = ImapList<ImapHeader>.Empty;

    /// <summary>The first words of the text, with -Include Preview. Otherwise null.</summary>
    public string? Preview { get; internal init; }

    /// <summary>The text, with -Include Body. Otherwise null.</summary>
    public string? Body { get; internal init; }

    /// <summary>The UID of the first message of the thread, with -Thread. Otherwise null.</summary>
    public uint? Thread { get; internal init; }

    /// <summary>The depth in the thread, with -Thread: 0 for the first message, 1 for its answers. Otherwise null.</summary>
    public int? ThreadDepth { get; internal init; }

    /// <summary>Header fields that were fetched to compare them, whether the caller requested them or not.</summary>
    internal ImapList<ImapHeader> Fetched { get; init; } = ImapList<ImapHeader>.Empty;

    /// <summary>When the message came into its folder (SAVEDATE, RFC 8514), if that was needed to compare it.</summary>
    internal DateTimeOffset? Saved { get; init; }

    /// <summary>The session's name, if a caller's row has it instead of SessionId.</summary>
    internal string? SessionName { get; init; }

    /// <summary>The copy that is to be kept, if the message is a copy that need not be.</summary>
    internal KeptCopy? Kept { get; init; }

    /// <summary>True if the object was made from a caller's row, and does not hold all that a message has.</summary>
    internal bool IsPartial { get; init; }

    /// <summary>True if the message was waited for. Later commands in the pipeline then do not wait for more messages.</summary>
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

    private static Action<ImapMessage, ImapMessage> Copying()
    {
        const BindingFlags own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        ParameterExpression from = Expression.Parameter(typeof(ImapMessage));
        ParameterExpression to = Expression.Parameter(typeof(ImapMessage));
        IEnumerable<Expression> each = typeof(ImapMessage).GetProperties(own)
            .Where(property => property.CanWrite)
            .Select(property => Expression.Assign(Expression.Property(to, property), Expression.Property(from, property)));
        return Expression.Lambda<Action<ImapMessage, ImapMessage>>(Expression.Block(each), from, to).Compile();
    }
}
