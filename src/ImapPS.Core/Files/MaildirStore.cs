using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Files;

/// <summary>A Maildir (cr.yp.to/proto/maildir.html): messages come about in tmp and go into cur, their flags in their names.</summary>
internal sealed class MaildirStore(string directory) : MessageStore
{
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
            MaildirNames.LayOut(directory);
            _isLaidOut = true;
        }

        return new Delivery(directory, message);
    }

    private static int ProcessId()
    {
        using var current = Process.GetCurrentProcess();
        return current.Id;
    }

    private sealed class Delivery(string directory, ImapMessage message) : MessageFile
    {
        // Programs sort by the time that the name begins with.
        private readonly string _name = MaildirNames.With(
            string.Format(
                CultureInfo.InvariantCulture,
                "{0}.P{1}Q{2}R{3}.{4}",
                Math.Max(0, (message.Received ?? DateTimeOffset.UtcNow).ToUnixTimeSeconds()),
                _process,
                Interlocked.Increment(ref _sequence),
                Guid.NewGuid().ToString("N").Substring(0, 8),
                _host),
            message.Flags);

        public override string Path => System.IO.Path.Combine(directory, MaildirNames.Current, _name);

        public override Stream Open() =>
            new UnixTextStream(new PendingFile(System.IO.Path.Combine(directory, MaildirNames.Temporary)), quotesFrom: false);

        public override FileInfo? Commit(Stream stream)
        {
            var text = (UnixTextStream)stream;
            text.Finish();
            ((PendingFile)text.Target).Commit(Path, message.Received, overwrite: false);
            return new FileInfo(Path);
        }
    }
}
