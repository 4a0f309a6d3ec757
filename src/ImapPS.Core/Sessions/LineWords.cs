using System;
using System.Text;

namespace ImapPS.Sessions;

/// <summary>The words of a line, read where they are: most lines are looked at for what they are not.</summary>
internal static class LineWords
{
    /// <summary>A word, counted from 0; nothing where there are fewer. Two spaces have an empty word between them.</summary>
    public static ReadOnlySpan<byte> Nth(ReadOnlySpan<byte> line, int number)
    {
        for (int i = 0; i < number; i++)
        {
            int space = line.IndexOf((byte)' ');
            if (space < 0) return default;
            line = line.Slice(space + 1);
        }

        int end = line.IndexOf((byte)' ');
        if (end < 0) end = line.Length;
        while (end > 0 && line[end - 1] is (byte)'\r' or (byte)'\n') end--;
        return line.Slice(0, end);
    }

    /// <summary>True for that word, in whatever case.</summary>
    /// <param name="word">The word.</param>
    /// <param name="upper">What it may be, in upper case.</param>
    public static bool Is(ReadOnlySpan<byte> word, string upper)
    {
        if (word.Length != upper.Length) return false;

        for (int i = 0; i < upper.Length; i++)
        {
            byte octet = word[i];
            if (octet is >= (byte)'a' and <= (byte)'z') octet -= 'a' - 'A';
            if (octet != upper[i]) return false;
        }

        return true;
    }

    /// <summary>True for one of those words, in whatever case.</summary>
    public static bool Is(ReadOnlySpan<byte> word, string one, string other) => Is(word, one) || Is(word, other);

    /// <inheritdoc cref="Is(ReadOnlySpan{byte}, string, string)"/>
    public static bool Is(ReadOnlySpan<byte> word, string one, string other, string third) => Is(word, one, other) || Is(word, third);

    /// <summary>The word as text.</summary>
    public static string Text(ReadOnlySpan<byte> word) => Encoding.ASCII.GetString(word.ToArray());
}
