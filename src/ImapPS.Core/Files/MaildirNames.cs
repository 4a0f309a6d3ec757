using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using ImapPS.Models;

namespace ImapPS.Files;

/// <summary>The names in a Maildir (cr.yp.to/proto/maildir.html): what a message's file is called, and the letters of its flags.</summary>
internal static class MaildirNames
{
    /// <summary>Where messages are that a program has seen.</summary>
    public const string Current = "cur";

    /// <summary>Where messages are that no program has seen.</summary>
    public const string New = "new";

    /// <summary>Where files are that are being written.</summary>
    public const string Temporary = "tmp";

    private static readonly (ImapMessageFlags Flag, char Letter)[] _letters =
    [
        (ImapMessageFlags.Draft, 'D'), (ImapMessageFlags.Flagged, 'F'), (ImapMessageFlags.Answered, 'R'), (ImapMessageFlags.Seen, 'S'),
        (ImapMessageFlags.Deleted, 'T'),
    ];

    // A colon cannot be in a file's name on Windows; programs there use a semicolon or an exclamation mark.
    private static readonly string[] _infoMarks = [":2,", ";2,", "!2,"];

    /// <summary>What the letters follow on this system.</summary>
    private static readonly string _infoMark = Path.DirectorySeparatorChar == '\\' ? _infoMarks[1] : _infoMarks[0];

    /// <summary>The three directories of a Maildir.</summary>
    public static IReadOnlyList<string> Parts { get; } = [Temporary, New, Current];

    /// <summary>Makes the three directories, unless they are there.</summary>
    public static void LayOut(string directory)
    {
        foreach (string part in Parts) PrivateFile.CreateDirectory(Path.Combine(directory, part));
    }

    /// <summary>The name of a file: letters in the order of ASCII. Keywords have none that means the same everywhere.</summary>
    /// <param name="name">The unique part, without letters.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="others">Letters that programs have given it, which stay.</param>
    public static string With(string name, ImapMessageFlags flags, string others = "")
    {
        var letters = new StringBuilder(name).Append(_infoMark);
        foreach (char letter in _letters.Where(one => flags.HasFlag(one.Flag)).Select(one => one.Letter)
            .Concat(others.Where(other => !Array.Exists(_letters, one => one.Letter == other))).OrderBy(letter => letter))
        {
            letters.Append(letter);
        }

        return letters.ToString();
    }

    /// <summary>The letters of a file's name.</summary>
    public static string LettersOf(string file)
    {
        int mark = MarkOf(file);
        return mark < 0 ? string.Empty : file.Substring(mark + _infoMark.Length);
    }

    /// <summary>What is before the letters of a file's name: programs put more there than the unique part (mbsync: ",U=7").</summary>
    public static string BeforeLetters(string file)
    {
        int mark = MarkOf(file);
        return mark < 0 ? file : file.Substring(0, mark);
    }

    /// <summary>Whether the letters of a file's name are letters, and nothing is after them.</summary>
    public static bool HasOnlyLetters(string file) =>
        LettersOf(file).All(letter => letter is (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'));

    /// <summary>The flags that the letters of a file's name say.</summary>
    public static ImapMessageFlags FlagsOf(string file)
    {
        string letters = LettersOf(file);
        return _letters.Where(one => letters.IndexOf(one.Letter) >= 0)
            .Aggregate(ImapMessageFlags.None, (all, one) => all | one.Flag);
    }

    private static int MarkOf(string file) => _infoMarks.Max(info => file.LastIndexOf(info, StringComparison.Ordinal));
}
