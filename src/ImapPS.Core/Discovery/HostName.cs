using System;
using System.Globalization;
using System.Linq;

namespace ImapPS.Discovery;

/// <summary>The names of hosts and domains (RFC 1123). What DNS or a file says is a name only when it looks like one.</summary>
internal static class HostName
{
    private const int Longest = 253;
    private const int LongestLabel = 63;

    private static readonly IdnMapping _idn = new();

    /// <summary>The name as DNS takes it: in lower case, in ASCII, without the dot at the end. Null when it is none.</summary>
    public static string? Of(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;

        string name = text![text.Length - 1] == '.' ? text.Remove(text.Length - 1) : text;
        try
        {
            // The mapping wants 1 to 63 characters a label itself, and refuses control characters; what is in ASCII it leaves alone.
            if (name.Any(c => c > '\u007f')) name = _idn.GetAscii(name);
        }
        catch (ArgumentException)
        {
            return null;
        }

        return name.Length is > 0 and <= Longest && name.Split('.').All(IsLabel) ? name.ToLowerInvariant() : null;
    }

    /// <summary>True for the domain itself, and for what is below it.</summary>
    public static bool IsWithin(string host, string domain) =>
        host == domain || host.EndsWith("." + domain, StringComparison.Ordinal);

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label[0] != '-' && label[label.Length - 1] != '-'
            && label.All(c => c is '-' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'));
}
