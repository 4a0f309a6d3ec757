using System;
using System.Text;

namespace ImapPS.Sandbox;

/// <summary>IMAP's encoding of mailbox names (RFC 3501, 5.1.3), which is also their spelling on disk.</summary>
public static class ModifiedUtf7
{
    public static string Encode(string name)
    {
        var result = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length;)
        {
            if (IsPlain(name[i]))
            {
                result.Append(name[i] == '&' ? "&-" : name[i]);
                i++;
                continue;
            }

            var start = i;
            while (i < name.Length && !IsPlain(name[i])) i++;
            var base64 = Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(name[start..i]));
            result.Append('&').Append(base64.TrimEnd('=').Replace('/', ',')).Append('-');
        }

        return result.ToString();
    }

    public static string Decode(string name)
    {
        var result = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            if (name[i] != '&')
            {
                result.Append(name[i]);
                continue;
            }

            var end = name.IndexOf('-', i);
            var base64 = name[(i + 1)..end].Replace(',', '/');
            var octets = Convert.FromBase64String(base64.PadRight((base64.Length + 3) / 4 * 4, '='));
            result.Append(octets.Length == 0 ? "&" : Encoding.BigEndianUnicode.GetString(octets));
            i = end;
        }

        return result.ToString();
    }

    private static bool IsPlain(char c) => c is >= ' ' and <= '~';
}
