using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ImapPS.Content;

/// <summary>Encodings under the names that servers and programs give them, registered or not.</summary>
internal static class Charsets
{
    /// <summary>No name of an encoding is longer.</summary>
    private const int LongestName = 60;

    private static readonly Dictionary<string, int> _aliases = Table(
        (20127, "646 ascii usascii us iso646us ansix341968 ansix341986 csascii"),
        (65001, "utf8 utf8mb4 utf8mb3 utf8sig utf8n unicode11utf8 unicode20utf8 xutf8 cp65001 utf80"),
        (1200, "utf16 utf16le ucs2 csunicode iso10646ucs2 unicode"),
        (1201, "utf16be ucs2be"),
        (28591, "latin1 l1 88591 iso88591 ansix31101983 isoir100 westerniso"),
        (28592, "latin2 l2 88592 isoir101"),
        (28593, "latin3 l3 88593"),
        (28594, "latin4 l4 88594"),
        (28599, "latin5 l5 88599"),
        (28605, "latin9 latin0 l9 885915"),
        (38598, "iso88598i logical"),
        (28598, "iso88598e visual hebrew"),
        (28596, "iso88596i iso88596e arabic"),
        (28597, "greek greek8"),
        (28595, "cyrillic"),
        (20866, "koi8r koi8 koi cskoi8r xkoi8r"),
        (21866, "koi8u koi8ru xkoi8u"),
        (1252, "ansi westernwindows windows1252httpequivcontenttype"),
        (874, "tis620 tis6200 tis62025331 iso885911 dos874"),
        (932, "shiftjis sjis xsjis mskanji windows31j cswindows31j shiftjisx0213 shiftjis2004 pck"),
        (50220, "iso2022jp iso2022jp1 iso2022jp2 iso2022jp3 iso2022jpms iso2022jpext jis cp50220 cp50221 cp50222 csiso2022jp"),
        (51932, "eucjp xeucjp ujis eucjpms eucjpwin xeuc eucjisx0213"),
        (949, "euckr ksc5601 ksc56011987 ksc56011989 ksc5601win uhc korean xwindows949 wansung"),
        (50225, "iso2022kr csiso2022kr"),
        (54936, "gb18030 gbk xgbk gb2312 gb231280 gb23121980 euccn xeuccn gb chinese simplified"),
        (52936, "hzgb2312 hz hzgb"),
        (950, "big5 xbig5 big5hkscs big5eten big5uao"),
        (10000, "mac macintosh macroman xmacroman applemacintosh"),
        (10007, "maccyrillic xmaccyrillic"),
        (10079, "macicelandic xmacicelandic"));

    private static readonly string[] _prefixes = ["xwindows", "windows", "xcp", "win", "cp", "ibm", "ms", "dos", "ansi"];

#if NET
    // PowerShell has registered it already; a bare .NET host has not.
    static Charsets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
#endif

    /// <summary>The encoding of that name; null for one that nobody knows. .NET's own names come first.</summary>
    public static Encoding? Find(string? charset)
    {
        if (string.IsNullOrWhiteSpace(charset) || charset!.Length > LongestName) return null;

        return TryGet(() => Encoding.GetEncoding(charset.Trim()))
            ?? (CodePageOf(Key(charset)) is { } page ? TryGet(() => Encoding.GetEncoding(page)) : null);
    }

    /// <summary>True for UTF-7 (RFC 2152), which .NET no longer decodes.</summary>
    public static bool IsUtf7(string? charset) => charset is { Length: <= LongestName }
        && Key(charset) is "utf7" or "unicode11utf7" or "unicode20utf7" or "xunicode20utf7" or "csunicode11utf7" or "cp65000" or "xutf7";

    /// <summary>What of a name tells it from others: letters and digits. A language may follow (RFC 2231, 5).</summary>
    private static string Key(string charset)
    {
        int language = charset.IndexOf('*');
        string name = language < 0 ? charset : charset.Substring(0, language);
        return new string([.. name.ToLowerInvariant().Where(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9'))]);
    }

    private static int? CodePageOf(string key)
    {
        if (_aliases.TryGetValue(key, out int page)) return page;

        if (key.StartsWith("iso8859", StringComparison.Ordinal) && Number(key.Substring(7)) is { } part and < 16) return 28590 + part;

        string? prefix = Array.Find(_prefixes, start => key.StartsWith(start, StringComparison.Ordinal));
        return prefix is null ? null : Number(key.Substring(prefix.Length));
    }

    private static int? Number(string digits) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static Dictionary<string, int> Table(params (int Page, string Names)[] rows) =>
        rows.SelectMany(row => row.Names.Split(' ').Select(name => (Name: name, row.Page)))
            .ToDictionary(alias => alias.Name, alias => alias.Page, StringComparer.Ordinal);

    private static Encoding? TryGet(Func<Encoding> get)
    {
        try
        {
            // UTF-7 is no encoding to .NET, except to those who ask for it by force; and not to the .NET Framework.
            return get() is { CodePage: not 65000 } encoding ? encoding : null;
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException or FormatException)
        {
            return null;
        }
    }
}
