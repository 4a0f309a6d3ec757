using System.Collections.Generic;
using System.Linq;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A header field that holds all of some pieces of text, in whatever way the sender wrote it.</summary>
/// <remarks>
/// A server may decode encoded words and internationalized domains before it looks, or may not, or not those that MimeKit decodes:
/// what still holds "=?" or "xn--" is therefore let through, and compared here. So is a backslash in an address, which quotes the
/// character behind it (RFC 5322, 3.2.1). What a server decodes to something else than MimeKit does is lost: an encoded word in a
/// charset that only one of them knows (UTF-7, which .NET no longer reads), or that Dovecot does not know, and leaves out.
/// </remarks>
/// <param name="Field">The field's name.</param>
/// <param name="Pieces">ASCII text without characters that a sender may write in more than one way.</param>
internal sealed record TextTerm(string Field, IReadOnlyList<string> Pieces) : SearchTerm
{
    /// <summary>
    /// Characters that collation takes for nothing, and mail has within words: the soft hyphen, what joins and what does not, widths
    /// of zero and marks of direction.
    /// </summary>
    private static readonly string[] _ignorable =
        ["\u00ad", "\u034f", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u2060", "\ufeff"];

    /// <summary>
    /// True when the field is compared as by a dictionary (CompareInfo), so that invisible characters may stand between any two.
    /// </summary>
    public bool IsLinguistic { get; init; }

    protected override SearchQuery? Ask(ServerAbilities server)
    {
        if (Pieces.Count == 0 || server.WordsOnly || !server.FindsPieces(Field)) return null;

        IEnumerable<string> instead = Field == "Subject" ? ["=?"] : ["=?", "xn--", "\\"];

        // A server that is asked in ASCII decodes nothing: there, "=?" stands for all of these.
        if (IsLinguistic && !server.AsciiOnly) instead = instead.Concat(_ignorable);

        SearchQuery all = Pieces.Select(Contains).Aggregate((one, other) => one.And(other));

        // The group in parentheses comes last: GreenMail cannot read what follows one.
        return instead.Select(Contains).Aggregate((one, other) => one.Or(other)).Or(all);
    }

    /// <summary>What does not hold the pieces cannot be said of fields that may be written in several ways.</summary>
    public override SearchTerm Negate() => Unknown;

    /// <summary>
    /// HEADER and not FROM, TO or CC: for these a server may look at the addresses as it has understood them (Dovecot drops comments,
    /// and all that follows what it takes for an error), for HEADER at the text.
    /// </summary>
    private SearchQuery Contains(string text) => Field == "Subject"
        ? SearchQuery.SubjectContains(text)
        : SearchQuery.HeaderContains(Field, text);
}
