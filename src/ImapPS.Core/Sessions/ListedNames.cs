using System;
using System.Collections.Generic;
using System.Text;
using ImapPS.Folders;

namespace ImapPS.Sessions;

/// <summary>
/// The names in answers to LIST that are no modified UTF-7. MailKit keeps them to send them again, octet for octet, but tells only what it
/// makes of them: "R" for "R&amp;D".
/// </summary>
internal sealed class ListedNames
{
    private const int MostNames = 10_000;

    private static readonly UTF8Encoding _utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly List<string> _names = [];

    /// <summary>Another command begins, and with it other answers.</summary>
    public void Clear() => _names.Clear();

    /// <summary>Notes the name in a line that the server sent.</summary>
    public void Note(byte[] line, int length)
    {
        if (_names.Count >= MostNames || !IsUncommon(line, length)) return;

        string text = Text(line, length);
        if (!text.StartsWith("* L", StringComparison.OrdinalIgnoreCase) && !text.StartsWith("* XLIST ", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        // * LIST (\HasNoChildren) "/" "R&D"
        int attributes = text.IndexOf(") ", StringComparison.Ordinal);
        int delimiter = attributes < 0 ? -1 : text.IndexOf(' ', attributes + 2);
        if (delimiter > 0 && Name(text.Substring(delimiter + 1)) is { } name
            && FolderNameEncoding.Encode(FolderNameEncoding.Decode(name)) != name)
        {
            _names.Add(name);
        }
    }

    /// <summary>The name on the line of the folder that MailKit has just met; null for one whose name is as it should be.</summary>
    /// <param name="taken">What MailKit takes its name for.</param>
    /// <param name="delimiter">The folder's delimiter.</param>
    public string? Take(string taken, char delimiter)
    {
        int found = _names.FindIndex(name => FolderNameEncoding.DecodeAsMailKit(name.TrimEnd(delimiter)) == taken);
        if (found < 0) return null;

        string encoded = _names[found].TrimEnd(delimiter);
        _names.RemoveAt(found);
        return encoded;
    }

    private static bool IsUncommon(byte[] line, int length)
    {
        if (length < 8 || line[0] != '*' || line[2] is not ((byte)'L' or (byte)'l' or (byte)'X' or (byte)'x')) return false;

        for (int i = 0; i < length; i++)
        {
            if (line[i] is (byte)'&' or > 126) return true;
        }

        return false;
    }

    /// <summary>As MailKit reads it.</summary>
    private static string Text(byte[] line, int length)
    {
        try
        {
            return _utf8.GetString(line, 0, length);
        }
        catch (ArgumentException)
        {
            var text = new StringBuilder(length);
            for (int i = 0; i < length; i++) text.Append((char)line[i]);
            return text.ToString();
        }
    }

    private static string? Name(string text)
    {
        if (text.Length == 0 || text[0] == '{') return null;
        if (text[0] != '"') return text.Split(' ', '\r', '\n')[0];

        var name = new StringBuilder();
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] == '"') return name.ToString();
            if (text[i] == '\\' && i + 1 < text.Length) i++;
            name.Append(text[i]);
        }

        return null;
    }
}
