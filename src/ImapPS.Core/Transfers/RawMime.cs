using System;
using System.Reflection;
using MimeKit;

namespace ImapPS.Transfers;

/// <summary>Messages of which MimeKit knows nothing but their octets, and which it writes as they are.</summary>
/// <remarks>
/// MimeKit writes an empty line behind a header, whatever the header is. One that it has parsed, and that had none, it writes without, but
/// the property that says so is internal. Nothing else lets MailKit append a message that has no line end anywhere. A test sends such a
/// message: another version of MimeKit, which does it otherwise, is found there.
/// </remarks>
internal static class RawMime
{
    private static readonly PropertyInfo _separator = typeof(HeaderList).GetProperty("HasBodySeparator",
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        ?? throw new MissingMemberException("This version of MimeKit separates headers and bodies in another way.");

    /// <param name="firstLine">The first line, without its line end; all octets, where there is no line end.</param>
    /// <param name="rest">What follows the CRLF of the first line; null where there is none.</param>
    public static MimeMessage Of(byte[] firstLine, MimeEntity? rest)
    {
        var message = new MimeMessage();
        message.Headers.Clear();
        message.Body = rest;
        if (firstLine.Length > 0) message.Headers.Add(new RawLine(firstLine));
        if (rest is null) _separator.SetValue(message.Headers, false);
        return message;
    }

    /// <summary>A field that is invalid is written as it was found.</summary>
    private sealed class RawLine(byte[] line) : Header(ParserOptions.Default, line, [], invalid: true);
}
