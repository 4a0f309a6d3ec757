using System;
using System.Text;

namespace ImapPS.Models;

/// <summary>Octets as text, where they are text in UTF-8; otherwise as Base64.</summary>
internal static class OctetText
{
    private static readonly UTF8Encoding _strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text, and whether it is that.</summary>
    public static (string Value, bool IsText) Of(byte[] octets)
    {
        try
        {
            string text = _strict.GetString(octets);
            if (text.IndexOf('\0') < 0) return (text, true);
        }
        catch (ArgumentException)
        {
            // No UTF-8.
        }

        return (Convert.ToBase64String(octets), false);
    }

    /// <summary>The octets again.</summary>
    public static byte[] Octets(string value, bool isText) => isText ? _strict.GetBytes(value) : Convert.FromBase64String(value);
}
