using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Pipeline.Base;

/// <summary>The errors and warnings of a cmdlet that PowerShell has not taken yet: after Ctrl+C it takes none.</summary>
internal sealed class Untold
{
    private readonly object _lock = new();
    private readonly LinkedList<Note> _notes = new();

    /// <summary>Keeps an error until it is told.</summary>
    public Note Keep(Exception error)
    {
        ImapException known = error as ImapException ?? Translation.Translate(error);
        return Keep(new Note(known.Id.ToString(), known.Message, (known.Target as ImapMessage)?.Uid));
    }

    /// <summary>Keeps a warning until it is told.</summary>
    public Note Keep(string warning) => Keep(new Note(string.Empty, warning, uid: null));

    /// <summary>Tells it: what PowerShell takes, even if it ends the cmdlet for it, is told.</summary>
    /// <param name="note">What is told.</param>
    /// <param name="cmdlet">Who tells it.</param>
    /// <param name="tell">The call that tells it.</param>
    public void Tell(Note note, ImapCmdlet cmdlet, Action tell)
    {
        bool wasStopping = cmdlet.Stopping;
        try
        {
            tell();
        }
        catch (PipelineStoppedException) when (wasStopping || cmdlet.IsStopRequested)
        {
            // Nobody has heard it. With -ErrorAction Stop PowerShell throws the same, but has taken the error.
            throw;
        }
        catch
        {
            Forget(note);
            throw;
        }

        Forget(note);
    }

    /// <summary>What is left, in a few words: errors of a kind are one.</summary>
    public IEnumerable<string> Describe(string command)
    {
        List<Note> left;
        lock (_lock)
        {
            left = [.. _notes];
            _notes.Clear();
        }

        return left.GroupBy(note => note.Kind.Length > 0 ? note.Kind : note.Text, StringComparer.Ordinal)
            .Select(kind => Describe(command, [.. kind]));
    }

    private static string Describe(string command, List<Note> alike)
    {
        string first = $"{command} was stopped before it could say: {alike[0].Text}";
        if (alike.Count == 1) return first;

        string uids = string.Join(",", alike.Where(note => note.Uid is not null)
            .Select(note => note.Uid!.Value.ToString(CultureInfo.InvariantCulture)));
        return $"{first} This applies to {DisplayText.Count(alike.Count, "message")} in "
            + $"total{(uids.Length > 0 ? $", of the UIDs {uids}" : string.Empty)}.";
    }

    private Note Keep(Note note)
    {
        lock (_lock) _notes.AddLast(note);
        return note;
    }

    private void Forget(Note note)
    {
        lock (_lock) _notes.Remove(note);
    }

    /// <summary>An error, or a warning, which is of no kind.</summary>
    internal sealed class Note(string kind, string text, uint? uid)
    {
        public string Kind { get; } = kind;

        public string Text { get; } = text;

        public uint? Uid { get; } = uid;
    }
}
