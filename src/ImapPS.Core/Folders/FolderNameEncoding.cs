using System;
using System.Text;

namespace ImapPS.Folders;

/// <summary>Names of folders as they are on the line: modified UTF-7 (RFC 3501, 5.1.3), which some servers do not keep to.</summary>
internal static class FolderNameEncoding
{
    private static readonly UnicodeEncoding _utf16 = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>The name as a person reads it. What is no modified UTF-7 is taken as it is.</summary>
    public static string Decode(string encoded)
    {
        var decoded = new StringBuilder(encoded.Length);
        for (int i = 0; i < encoded.Length; i++)
        {
            if (encoded[i] > '~') return encoded;

            if (encoded[i] != '&')
            {
                decoded.Append(encoded[i]);
                continue;
            }

            int end = encoded.IndexOf('-', i);
            if (end < 0 || Shifted(encoded.Substring(i + 1, end - i - 1)) is not { } text) return encoded;

            decoded.Append(text);
            i = end;
        }

        return decoded.ToString();
    }

    /// <summary>The name as MailKit sends it.</summary>
    public static string Encode(string name)
    {
        var encoded = new StringBuilder(name.Length);
        for (int i = 0; i < name.Length;)
        {
            if (name[i] is >= ' ' and <= '~')
            {
                encoded.Append(name[i] == '&' ? "&-" : name[i].ToString());
                i++;
                continue;
            }

            int start = i;
            while (i < name.Length && name[i] is < ' ' or > '~') i++;
            byte[] octets = Encoding.BigEndianUnicode.GetBytes(name.Substring(start, i - start));
            encoded.Append('&').Append(Convert.ToBase64String(octets).TrimEnd('=').Replace('/', ',')).Append('-');
        }

        return encoded.ToString();
    }

    /// <summary>What MailKit takes a name for: it drops what it cannot make out after an ampersand.</summary>
    public static string DecodeAsMailKit(string encoded)
    {
        var decoded = new StringBuilder(encoded.Length);
        bool isShifted = false;
        int bits = 0;
        int value = 0;
        for (int i = 0; i < encoded.Length; i++)
        {
            char c = encoded[i];
            if (!isShifted && c == '&' && i + 1 < encoded.Length)
            {
                isShifted = encoded[i + 1] != '-';
                if (isShifted) continue;

                i++;
                decoded.Append('&');
            }
            else if (!isShifted)
            {
                decoded.Append(c);
            }
            else if (c == '-')
            {
                (isShifted, bits, value) = (false, 0, 0);
            }
            else
            {
                int digit = Digit(c);
                if (digit < 0) return encoded;

                value = (value << 6) | digit;
                bits += 6;
                if (bits < 16) continue;

                bits -= 16;
                decoded.Append((char)((value >> bits) & 0xffff));
            }
        }

        return decoded.ToString();
    }

    private static int Digit(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' => 62,
        ',' => 63,
        _ => -1,
    };

    private static string? Shifted(string digits)
    {
        if (digits.Length == 0) return "&";

        try
        {
            string base64 = digits.Replace(',', '/');
            byte[] octets = Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
            return octets.Length % 2 == 0 && octets.Length > 0 ? _utf16.GetString(octets) : null;
        }
        catch (Exception broken) when (broken is FormatException or ArgumentException)
        {
            return null;
        }
    }
}
