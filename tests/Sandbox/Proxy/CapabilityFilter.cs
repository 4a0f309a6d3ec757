using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ImapPS.Sandbox;

/// <summary>Takes capabilities out of a server's line, and puts others in.</summary>
internal static class CapabilityFilter
{
    private const string Response = "* CAPABILITY ";
    private const string Code = "[CAPABILITY ";

    public static byte[] Apply(byte[] line, IReadOnlySet<string> hidden, IReadOnlySet<string> shown)
    {
        var text = Encoding.Latin1.GetString(line);
        var (start, end) = Find(text);
        if (start < 0) return line;

        var left = text[start..end].Split(' ').Where(capability => !hidden.Contains(capability)).Concat(shown);
        return Encoding.Latin1.GetBytes(text[..start] + string.Join(' ', left) + text[end..]);
    }

    private static (int Start, int End) Find(string text)
    {
        if (text.StartsWith(Response, StringComparison.OrdinalIgnoreCase)) return (Response.Length, text.TrimEnd().Length);

        // In a greeting or in the answer to a log-in, right behind the status.
        var code = text.IndexOf(Code, StringComparison.OrdinalIgnoreCase);
        var isThere = code >= 0 && text[..code].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 2;
        return isThere ? (code + Code.Length, text.IndexOf(']', code)) : (-1, -1);
    }
}
