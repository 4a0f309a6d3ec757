using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;

namespace ImapPS.Sandbox;

/// <summary>Writes folders and messages where Dovecot finds them, far faster than APPEND could.</summary>
internal sealed class Maildir(string root, char delimiter, MailAccount account)
{
    private const int FirstSequence = 1_000_000_000;
    private const int KeywordLimit = 26;
    private static readonly string[] _parts = ["cur", "new", "tmp"];

    private int _sequence = FirstSequence;

    public void CreateFolder(string path)
    {
        foreach (var part in _parts) account.CreateDirectory(Path.Combine(DirectoryOf(path), part));
        if (delimiter != '.' || IsInbox(path)) return;

        // Maildir++ tells a folder from any other directory by this file.
        var mark = Path.Combine(DirectoryOf(path), "maildirfolder");
        if (!File.Exists(mark)) Create(mark, []);
    }

    public void Deliver(string folder, byte[] message, MessageState state) =>
        Write(message, state.Received ?? DateTimeOffset.UtcNow, PathFor(folder, message, state));

    /// <summary>Delivers many messages; those of the same text and date share one file.</summary>
    public void DeliverMany(string folder, IEnumerable<SeedMessage> messages)
    {
        var now = DateTimeOffset.UtcNow;
        var written = new Dictionary<(string Raw, DateTimeOffset Received), (string Path, byte[] Bytes)>();
        foreach (var (raw, given) in messages)
        {
            var state = given ?? new MessageState();
            var received = state.Received ?? now;
            if (written.TryGetValue((raw, received), out var twin))
            {
                var link = PathFor(folder, twin.Bytes, state);
                if (Posix.TryLink(twin.Path, link)) continue;
            }

            var bytes = Encoding.UTF8.GetBytes(raw);
            var path = PathFor(folder, bytes, state);
            Write(bytes, received, path);
            written[(raw, received)] = (path, bytes);
        }
    }

    private static bool IsInbox(string path) => path.Equals("INBOX", StringComparison.OrdinalIgnoreCase);

    private string DirectoryOf(string path)
    {
        if (IsInbox(path)) return root;
        var encoded = ModifiedUtf7.Encode(path);
        return Path.Combine(root, delimiter == '.' ? "." + encoded : encoded);
    }

    // Dovecot numbers new messages in the order of the number that their names begin with; S and W spare it reading them for
    // their size, on disk and with CRLF.
    private string PathFor(string folder, byte[] message, MessageState state)
    {
        var sequence = Interlocked.Increment(ref _sequence);
        var keywords = Keywords(folder, state.Keywords ?? []);
        var name = string.Create(
            CultureInfo.InvariantCulture,
            $"{sequence}.sandbox,S={message.Length},W={VirtualSize(message)}:2,{Flags(state.Flags)}{keywords}");
        return Path.Combine(DirectoryOf(folder), "cur", name);
    }

    // INTERNALDATE is the file's time of change.
    private void Write(byte[] message, DateTimeOffset received, string path)
    {
        Create(path, message);
        File.SetLastWriteTimeUtc(path, received.UtcDateTime);
    }

    private void Create(string path, byte[] content)
    {
        File.WriteAllBytes(path, content);
        account.Own(path);
    }

    private static int VirtualSize(ReadOnlySpan<byte> message)
    {
        var size = message.Length;
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '\n' && (i == 0 || message[i - 1] != '\r')) size++;
        }

        return size;
    }

    private static string Flags(SystemFlags flags)
    {
        var letters = new StringBuilder(5);
        if (flags.HasFlag(SystemFlags.Draft)) letters.Append('D');
        if (flags.HasFlag(SystemFlags.Flagged)) letters.Append('F');
        if (flags.HasFlag(SystemFlags.Answered)) letters.Append('R');
        if (flags.HasFlag(SystemFlags.Seen)) letters.Append('S');
        if (flags.HasFlag(SystemFlags.Deleted)) letters.Append('T');
        return letters.ToString();
    }

    // A keyword is a letter in the file's name; the folder's dovecot-keywords says which is which.
    private string Keywords(string folder, IReadOnlyList<string> keywords)
    {
        if (keywords.Count == 0) return "";
        var path = Path.Combine(DirectoryOf(folder), "dovecot-keywords");
        var known = File.Exists(path)
            ? File.ReadAllLines(path).Select(line => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..]).ToList() : [];
        var fresh = keywords.Except(known, StringComparer.OrdinalIgnoreCase).ToList();
        if (fresh.Count > 0)
        {
            known.AddRange(fresh);
            if (known.Count > KeywordLimit) throw new InvalidOperationException($"A Maildir has letters for {KeywordLimit} keywords.");
            Create(path, Encoding.ASCII.GetBytes(string.Concat(known.Select((name, index) => $"{index} {name}\n"))));
        }

        var letters = keywords.Select(keyword =>
            (char)('a' + known.FindIndex(name => name.Equals(keyword, StringComparison.OrdinalIgnoreCase))));
        return string.Concat(letters.Order());
    }
}
