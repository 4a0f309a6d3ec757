using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text;
using System.Threading;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Files;

/// <summary>A Maildir (cr.yp.to/proto/maildir.html): messages come about in tmp and go into cur, their flags in their names.</summary>
internal sealed class MaildirStore(string directory) : MessageStore
{
    // A colon cannot be in a file's name on Windows; programs there use a semicolon.
    private static readonly char _infoMark = Path.DirectorySeparatorChar == '\\' ? ';' : ':';

    private static readonly string _process = ProcessId().ToString(CultureInfo.InvariantCulture);
    private static readonly string _host = Environment.MachineName.Replace("/", "\\057").Replace(":", "\\072");
    private static int _sequence;

    private bool _isLaidOut;

    /// <inheritdoc/>
    public override MessageParts Needs => MessageParts.Received | MessageParts.Flags;

    /// <inheritdoc/>
    public override MessageFile Place(ImapMessage message)
    {
        if (!_isLaidOut)
        {
            foreach (string part in new[] { "tmp", "new", "cur" }) PrivateFile.CreateDirectory(Path.Combine(directory, part));
            _isLaidOut = true;
        }

        return new Delivery(directory, message);
    }

    /// <summary>A flag's letter; in the order of ASCII, as the format asks. Keywords have none that means the same everywhere.</summary>
    private static string Flags(ImapMessageFlags flags)
    {
        var letters = new StringBuilder(5);
        if (flags.HasFlag(ImapMessageFlags.Draft)) letters.Append('D');
        if (flags.HasFlag(ImapMessageFlags.Flagged)) letters.Append('F');
        if (flags.HasFlag(ImapMessageFlags.Answered)) letters.Append('R');
        if (flags.HasFlag(ImapMessageFlags.Seen)) letters.Append('S');
        if (flags.HasFlag(ImapMessageFlags.Deleted)) letters.Append('T');
        return letters.ToString();
    }

    private static int ProcessId()
    {
        using var current = Process.GetCurrentProcess();
        return current.Id;
    }

    private sealed class Delivery(string directory, ImapMessage message) : MessageFile
    {
        // Programs sort by the time that the name begins with.
        private readonly string _name = string.Format(
            CultureInfo.InvariantCulture,
            "{0}.P{1}Q{2}R{3}.{4}{5}2,{6}",
            Math.Max(0, (message.Received ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds()),
            _process,
            Interlocked.Increment(ref _sequence),
            Guid.NewGuid().ToString("N").Substring(0, 8),
            _host,
            _infoMark,
            Flags(message.Flags));

        public override string Path => System.IO.Path.Combine(directory, "cur", _name);

        public override Stream Open() => new UnixTextStream(new PendingFile(System.IO.Path.Combine(directory, "tmp")), quotesFrom: false);

        public override FileInfo? Commit(Stream stream)
        {
            var text = (UnixTextStream)stream;
            text.Finish();
            ((PendingFile)text.Target).Commit(Path, message.Received, overwrite: false);
            return new FileInfo(Path);
        }
    }
}
