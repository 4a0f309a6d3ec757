using System;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Listing;
using ImapPS.Search;

namespace ImapPS.Pipeline.Waiting;

/// <summary>What is waited for, and where.</summary>
/// <param name="Folder">The folder, with the UIDVALIDITY that it must have if there is a mark from it.</param>
/// <param name="First">The first UID that counts.</param>
/// <param name="IsMarked">True when a mark says what counts, rather than all that is there.</param>
/// <param name="Matcher">Which messages are wanted.</param>
internal sealed record WaitTarget(FolderPath Folder, uint First, bool IsMarked, MessageMatcher Matcher)
{
    /// <summary>The criteria in words, for people.</summary>
    public string Words { get; init; } = string.Empty;

    public static WaitTarget Create(FolderPath? folder, MailboxMark? after, Func<Criterion[], MessageMatcher> matcher)
    {
        if (after is null) return new(folder ?? new FolderPath("INBOX"), 1, IsMarked: false, matcher([]));

        if (after.Instant is { } instant)
        {
            // INTERNALDATE has no fractions: what came half a second after the mark is dated before it.
            DateTimeOffset second = instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerSecond));
            return new(folder ?? new FolderPath("INBOX"), 1, IsMarked: true,
                matcher([new DateCriterion("After", DateField.Received, second, IsBefore: false)]));
        }

        FolderPath marked = after.Folder!;
        if (folder is not null && !Folders.FolderNames.AreSame(folder.Path, marked.Path))
        {
            throw Failures.ArgumentInvalid($"-After is a mark of '{DisplayText.Printable(marked.Path)}', but -Folder is "
                + $"'{DisplayText.Printable(folder.Path)}'.", "Give a folder object of the same folder that was "
                + "read before, or a date.", marked.Path);
        }

        return new(marked, after.UidNext!.Value, IsMarked: true, matcher([]));
    }
}
