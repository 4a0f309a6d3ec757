using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace ImapPS.Files;

/// <summary>
/// File names out of mail, which strangers write: made safe for every system, whichever this one is, since files travel. No name
/// leaves its directory, hides, reads backwards, or means a device.
/// </summary>
internal static class SafeName
{
    /// <summary>What Linux's file systems hold in octets of UTF-8, and Windows and macOS in UTF-16 units: octets are never fewer.</summary>
    private const int Longest = 255;

    /// <summary>An extension longer than this is none, but a sentence with a full stop.</summary>
    private const int LongestExtension = 16;

    private const char Substitute = '_';

    // Windows, "Naming Files, Paths, and Namespaces": with any extension, in any case, the superscript digits too.
    private static readonly HashSet<string> _devices =
        new(StringComparer.OrdinalIgnoreCase) { "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$" };

    /// <summary>Text as a part of a file name; empty when nothing of it can be.</summary>
    public static string Clean(string text)
    {
        text = WithoutNoncharacters(text).Normalize(NormalizationForm.FormC);
        var safe = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            int length = char.IsSurrogatePair(text, i) ? 2 : 1;
            if (Shown(text, i) is { } shown)
            {
                if (shown != ' ' || (safe.Length > 0 && safe[safe.Length - 1] != ' ')) safe.Append(shown);
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(text, i) is not UnicodeCategory.Format)
            {
                safe.Append(text, i, length);
            }

            i += length - 1;
        }

        string name = safe.ToString().TrimStart('.', ' ').TrimEnd('.', ' ');

        // Programs take a leading hyphen for an option.
        return name.Length > 0 && name[0] == '-' ? Substitute + name.Substring(1) : name;
    }

    /// <summary>A cleaned name's last extension with its dot, and what is before it.</summary>
    public static (string Stem, string Extension) Split(string name)
    {
        int dot = name.LastIndexOf('.');
        bool isExtension = dot > 0 && dot < name.Length - 1 && name.Length - dot <= LongestExtension
            && name.Skip(dot + 1).All(char.IsLetterOrDigit);
        return isExtension ? (name.Substring(0, dot), name.Substring(dot)) : (name, string.Empty);
    }

    /// <summary>A whole file name: the stem is cut for the tail (a number, an extension) to fit, and never means a device.</summary>
    public static string Join(string stem, string tail)
    {
        if (IsDevice(stem + tail)) stem = Substitute + stem;
        stem = Cut(stem, Longest - Encoding.UTF8.GetByteCount(tail)).TrimEnd('.', ' ');
        return (stem.Length == 0 ? Substitute.ToString() : stem) + tail;
    }

    /// <summary>What stands for this character; null when it stands for itself, or for nothing.</summary>
    private static char? Shown(string text, int index)
    {
        char c = text[index];
        return c switch
        {
            '/' or '\\' or ':' or '*' or '?' or '"' or '<' or '>' or '|' => Substitute,
            _ when char.IsWhiteSpace(c) => ' ',
            _ when char.IsControl(c) => Substitute,
            _ => null,
        };
    }

    private static bool IsDevice(string name)
    {
        int dot = name.IndexOf('.');
        string stem = (dot < 0 ? name : name.Substring(0, dot)).TrimEnd(' ');
        return _devices.Contains(stem)
            || (stem.Length == 4
                && (stem.StartsWith("COM", StringComparison.OrdinalIgnoreCase)
                    || stem.StartsWith("LPT", StringComparison.OrdinalIgnoreCase))
                && stem[3] is (>= '0' and <= '9') or '\u00b9' or '\u00b2' or '\u00b3');
    }

    /// <summary>The longest beginning of so many octets of UTF-8 that ends between two characters as people see them.</summary>
    private static string Cut(string text, int octets)
    {
        if (Encoding.UTF8.GetByteCount(text) <= octets) return text;

        int end = 0;
        TextElementEnumerator elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            string element = elements.GetTextElement();
            octets -= Encoding.UTF8.GetByteCount(element);
            if (octets < 0) break;

            end += element.Length;
        }

        return text.Substring(0, end);
    }

    /// <summary>Lone surrogates and noncharacters have no normal form: Normalize throws on them.</summary>
    private static string WithoutNoncharacters(string text)
    {
        var valid = new StringBuilder(text);
        for (int i = 0; i < valid.Length; i++)
        {
            char c = valid[i];
            if (char.IsHighSurrogate(c) && i + 1 < valid.Length && char.IsLowSurrogate(valid[i + 1])) i++;
            else if (char.IsSurrogate(c) || c is '\ufffe' or '\uffff' or (>= '\ufdd0' and <= '\ufdef')) valid[i] = Substitute;
        }

        return valid.ToString();
    }
}
