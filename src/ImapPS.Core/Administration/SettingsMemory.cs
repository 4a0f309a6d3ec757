using System;
using System.Collections.Generic;
using ImapPS.Sessions;

namespace ImapPS.Administration;

/// <summary>What a session remembers of names that servers told, for Tab: quota roots, identifiers, entries of metadata.</summary>
internal sealed class SettingsMemory
{
    private const int Most = 1_000;

    private readonly HashSet<string> _roots = new(StringComparer.Ordinal);
    private readonly HashSet<string> _identifiers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _entries = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The quota roots of the INBOX, which are seldom others.</summary>
    public Remembered<string> InboxRoots { get; } = new(TimeSpan.FromMinutes(5));

    /// <summary>The quota roots that were told of any folder.</summary>
    public IReadOnlyCollection<string> Roots => Copy(_roots);

    public IReadOnlyCollection<string> Identifiers => Copy(_identifiers);

    public IReadOnlyCollection<string> Entries => Copy(_entries);

    public void LearnRoots(IEnumerable<string> roots) => Learn(_roots, roots);

    public void LearnIdentifiers(IEnumerable<string> identifiers) => Learn(_identifiers, identifiers);

    public void LearnEntries(IEnumerable<string> entries) => Learn(_entries, entries);

    private static string[] Copy(HashSet<string> known)
    {
        lock (known) return [.. known];
    }

    private static void Learn(HashSet<string> known, IEnumerable<string> names)
    {
        lock (known)
        {
            foreach (string name in names)
            {
                if (known.Count < Most) known.Add(name);
            }
        }
    }
}
