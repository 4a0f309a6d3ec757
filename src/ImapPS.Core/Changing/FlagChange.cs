using System.Collections.Generic;
using System.Linq;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Changing;

/// <summary>What is to become of the flags, keywords and labels of messages.</summary>
internal sealed record FlagChange
{
    /// <summary>The octets that a command line leaves for flags, beside its set of UIDs.</summary>
    public const int MostOctets = Models.Keywords.Longest;

    public ImapMessageFlags Add { get; init; }

    public ImapMessageFlags Remove { get; init; }

    public IReadOnlyList<string> AddKeywords { get; init; } = [];

    public IReadOnlyList<string> RemoveKeywords { get; init; } = [];

    /// <summary>All the keywords that the messages are to have; null when the others stay.</summary>
    public IReadOnlyList<string>? Keywords { get; init; }

    public IReadOnlyList<string> AddLabels { get; init; } = [];

    public IReadOnlyList<string> RemoveLabels { get; init; } = [];

    /// <summary>Only messages whose modification sequence is at most this are changed (CONDSTORE, RFC 7162).</summary>
    public ulong? UnchangedSince { get; init; }

    public bool HasLabels => AddLabels.Count + RemoveLabels.Count > 0;

    /// <summary>Refuses what is no change, and names that would not be what the server takes for a keyword or a label.</summary>
    public void Check()
    {
        if (Describe().Length == 0) throw Failures.NothingToChange();

        foreach (string keyword in AddKeywords.Concat(RemoveKeywords).Concat(Keywords ?? []))
        {
            if (!Models.Keywords.IsKeyword(keyword)) throw Failures.KeywordInvalid(keyword);
        }

        foreach (string label in AddLabels.Concat(RemoveLabels))
        {
            if (label.Length is 0 or > MostOctets / 3 || label.Any(char.IsControl)) throw Failures.LabelInvalid(label);
        }
    }

    /// <summary>The change as STORE would have it: +\Seen -work.</summary>
    public string Describe()
    {
        IEnumerable<string> parts = Names(Add).Concat(AddKeywords).Select(name => "+" + name)
            .Concat(Names(Remove).Concat(RemoveKeywords).Select(name => "-" + name))
            .Concat(Keywords is null ? [] : [$"keywords ({string.Join(" ", Keywords)})"])
            .Concat(AddLabels.Select(name => "+label " + name))
            .Concat(RemoveLabels.Select(name => "-label " + name));
        return DisplayText.Printable(string.Join(" ", parts));
    }

    private static IEnumerable<string> Names(ImapMessageFlags flags) =>
        new[]
        {
            ImapMessageFlags.Seen,
            ImapMessageFlags.Answered,
            ImapMessageFlags.Flagged,
            ImapMessageFlags.Deleted,
            ImapMessageFlags.Draft,
        }
            .Where(flag => flags.HasFlag(flag))
            .Select(flag => "\\" + flag);
}
