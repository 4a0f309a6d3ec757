using System;
using System.Linq;
using ImapPS.Binding;
using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Filters;

/// <summary>Comparisons of IsRead, IsFlagged and Flags. The server's flags are the message's, so these are exact.</summary>
internal static class FlagComparison
{
    public const ImapMessageFlags Every =
        ImapMessageFlags.Seen | ImapMessageFlags.Answered | ImapMessageFlags.Flagged | ImapMessageFlags.Deleted | ImapMessageFlags.Draft;

    private static readonly ImapMessageFlags[] _flags =
        [ImapMessageFlags.Seen, ImapMessageFlags.Answered, ImapMessageFlags.Flagged, ImapMessageFlags.Deleted, ImapMessageFlags.Draft];

    /// <summary>What the caller wrote for flags: the flags themselves, their names, or their number; null for anything else.</summary>
    public static ImapMessageFlags? Flags(object? value) => Wrapped.Unwrap(value) switch
    {
        ImapMessageFlags flags when (flags & ~Every) == ImapMessageFlags.None => flags,
        int number when (number & ~(long)Every) == 0 => (ImapMessageFlags)number,
        long number when (number & ~(long)Every) == 0 => (ImapMessageFlags)number,
        string name when Enum.TryParse(name, ignoreCase: true, out ImapMessageFlags flags)
            && (flags & ~Every) == ImapMessageFlags.None => flags,
        _ => null,
    };

    public static SearchTerm Any(ImapMessageFlags mask) => Combine(mask, all: false);

    public static SearchTerm All(ImapMessageFlags mask) => Combine(mask, all: true);

    /// <summary>One flag, or all of them, as they stand.</summary>
    public static SearchTerm? Compare(ImapMessageFlags of, Operation operation, object? with)
    {
        if (operation is not (Operation.Equal or Operation.NotEqual)) return null;

        SearchTerm? equal = (of, with) switch
        {
            (Every, _) => Flags(with) is { } flags
                ? new CombinedTerm([.. _flags.Select(flag => new FlagTerm(flag, flags.HasFlag(flag)))], All: true) : null,
            (_, bool isSet) => new FlagTerm(of, isSet),
            (_, int number) => new FlagTerm(of, number != 0),
            _ => null,
        };
        return operation == Operation.Equal ? equal : equal?.Negate();
    }

    /// <summary>Flags -band mask -eq 0, -ne 0, or -eq mask.</summary>
    public static SearchTerm? CompareMask(ImapMessageFlags mask, Operation operation, object? with)
    {
        if (operation is not (Operation.Equal or Operation.NotEqual) || with is string || Flags(with) is not { } flags) return null;

        SearchTerm? equal = flags == ImapMessageFlags.None ? Any(mask).Negate() : flags == mask ? All(mask) : null;
        return operation == Operation.Equal ? equal : equal?.Negate();
    }

    private static SearchTerm Combine(ImapMessageFlags mask, bool all)
    {
        SearchTerm[] parts = [.. _flags.Where(flag => mask.HasFlag(flag)).Select(flag => new FlagTerm(flag, IsSet: true))];
        return parts.Length switch
        {
            0 => new ConstantTerm(all),
            1 => parts[0],
            _ => new CombinedTerm(parts, all),
        };
    }
}
