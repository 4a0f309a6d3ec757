using MimeKit;

namespace ImapPS.Content;

/// <summary>What header fields say, decoded.</summary>
internal static class HeaderText
{
    /// <summary>A field's value on one line.</summary>
    public static string Value(Header header)
    {
        byte[] raw = header.RawValue;
        byte[] mended = EncodedWords.Mend(raw);
        if (ReferenceEquals(raw, mended)) return header.Value;

        Header copy = header.Clone();

        // The last field of what was cut ends in the midst of a line, which MimeKit does not take.
        copy.SetRawValue(mended.Length > 0 && mended[mended.Length - 1] == '\n' ? mended : [.. mended, (byte)'\n']);
        return copy.Value;
    }

    /// <summary>The value of the first field of that name; null where there is none.</summary>
    public static string? Value(HeaderList headers, HeaderId id)
    {
        int index = headers.IndexOf(id);
        return index < 0 ? null : Value(headers[index]);
    }

    /// <summary>The name of a part's file, or of the part.</summary>
    /// <param name="entity">The part.</param>
    /// <param name="type">What its Content-Type says.</param>
    public static string NameOf(MimeEntity entity, ContentType type)
    {
        string? name = entity.ContentDisposition?.FileName;
        if (Mended(entity, HeaderId.ContentDisposition) is { } mended && ContentDisposition.TryParse(mended, out ContentDisposition? read))
        {
            name = read.FileName;
        }

        if (name is not null) return name;

        return Mended(entity, HeaderId.ContentType) is { } value && ContentType.TryParse(value, out ContentType? readType)
            ? readType.Name ?? string.Empty
            : type.Name ?? string.Empty;
    }

    private static byte[]? Mended(MimeEntity entity, HeaderId id)
    {
        int index = entity.Headers.IndexOf(id);
        if (index < 0) return null;

        byte[] raw = entity.Headers[index].RawValue;
        byte[] mended = EncodedWords.Mend(raw);
        return ReferenceEquals(raw, mended) ? null : mended;
    }
}
