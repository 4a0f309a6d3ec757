using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;

namespace ImapPS.Sandbox;

/// <summary>
/// The answers of a recording, given to whoever asks the same or the like, with the tag put right; a test may change them on the way. More
/// than one connection may ask.
/// </summary>
public sealed class Replay
{
    private const int LongestNote = 2_000;

    private readonly Lock _lock = new();
    private readonly List<string> _transcript = [];
    private readonly HashSet<RecordedExchange> _used = [];
    private readonly Func<byte[], byte[]?> _change;
    private Recording _recording;

    /// <param name="recording">What was said.</param>
    /// <param name="change">What an answer is changed to, or null for one that is left as it is.</param>
    public Replay(Recording recording, Func<byte[], byte[]?> change)
    {
        _recording = recording;
        _change = change;
    }

    /// <summary>Whose answers they are.</summary>
    public string Server => _recording.Server;

    /// <summary>Goes on with another recording, on the same connections.</summary>
    public void GoOn(Recording recording)
    {
        lock (_lock)
        {
            _recording = recording;
            _used.Clear();
            _transcript.Clear();
        }
    }

    /// <summary>Whether a client that waits for more than there is has to find out by itself; else the connection ends.</summary>
    public bool IsSilent { get; init; }

    /// <summary>All that was said so far. Long texts are cut.</summary>
    public IReadOnlyList<string> Transcript
    {
        get
        {
            lock (_lock) return [.. _transcript];
        }
    }

    /// <summary>
    /// The exchange of that command: the first one that was not given yet, the last one when all were; else one whose command has the same
    /// name and begins alike; null when there is none.
    /// </summary>
    internal RecordedExchange? Find(string command)
    {
        lock (_lock)
        {
            var verb = RecordedExchange.VerbOf(command);
            List<RecordedExchange> like = [.. _recording.Exchanges.Where(exchange => exchange.Verb == verb)];
            if (like.Count == 0) return null;

            List<RecordedExchange> same = [.. like.Where(exchange => exchange.Command == command)];
            var found = same.Find(exchange => !_used.Contains(exchange)) ?? same.LastOrDefault()
                ?? like.MaxBy(exchange => Common(exchange.Command, command))!;
            _used.Add(found);
            return found;
        }
    }

    /// <summary>An answer as it goes out.</summary>
    /// <param name="answer">As it was recorded.</param>
    /// <param name="tag">The command's tag.</param>
    internal (byte[] Octets, bool IsChanged) Take(byte[] answer, string tag)
    {
        lock (_lock)
        {
            var changed = _change(answer);
            return (WithTag(changed ?? answer, tag), changed is not null);
        }
    }

    internal void Note(string what, byte[] octets)
    {
        var text = Encoding.Latin1.GetString(octets.AsSpan(0, Math.Min(octets.Length, LongestNote)));
        lock (_lock) _transcript.Add(what + text + (octets.Length > LongestNote ? $"… ({octets.Length})" : ""));
    }

    private static int Common(string one, string other) => one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();

    private static byte[] WithTag(byte[] answer, string tag)
    {
        var place = Encoding.ASCII.GetBytes(Recording.Tag);
        var rest = answer.AsSpan();
        List<byte> octets = new(answer.Length + 16);
        while (rest.IndexOf(place) is >= 0 and var at)
        {
            octets.AddRange(rest[..at]);
            octets.AddRange(Encoding.ASCII.GetBytes(tag));
            rest = rest[(at + place.Length)..];
        }

        octets.AddRange(rest);
        return [.. octets];
    }
}
