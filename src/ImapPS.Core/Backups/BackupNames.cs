using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using ImapPS.Models;

namespace ImapPS.Backups;

/// <summary>The names of a Maildir's files: the time of receipt, by which programs sort, the UID, and the digest's beginning.</summary>
internal static class BackupNames
{
    private const int DigestLength = 16;

    private const int Longest = 128;

    private static readonly char[] _ends = [':', ';', '!', ','];

    private static readonly Regex _ours =
        new(@"\A[0-9]+\.V[0-9]+U[0-9]+\.[0-9a-f]{16}\z", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    /// <summary>The unique part of the name of a message's file.</summary>
    public static string Of(ImapMessage message, string digest) => string.Format(CultureInfo.InvariantCulture, "{0}.V{1}U{2}.{3}",
        Math.Max(0, message.Received?.ToUnixTimeSeconds() ?? 0), message.UidValidity, message.Uid, digest.Substring(0, DigestLength));

    /// <summary>The unique part of a file's name: what is before the letters of its flags.</summary>
    public static string UniqueOf(string file)
    {
        int end = file.IndexOfAny(_ends);
        return end < 0 ? file : file.Substring(0, end);
    }

    /// <summary>Whether a file is one of a backup.</summary>
    public static bool IsOurs(string file) => _ours.IsMatch(UniqueOf(file));

    /// <summary>What the manifest says becomes the name of a file, so it must be nothing else: anyone could have written it.</summary>
    public static bool IsSafe(string? name) => name is null || (name is { Length: > 0 and <= Longest } && name[0] != '.'
        && name.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '.' or '_' or '-'));
}
