using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Files;

/// <summary>
/// One file for all messages (RFC 4155), in the form "mboxrd": a line of a message that begins with From, or with any number of &gt;
/// and From, gets one &gt; more, so that a reader can undo it.
/// </summary>
internal sealed class MboxStore : MessageStore
{
    public const string Extension = ".mbox";

    private readonly string _path;
    private readonly bool _overwrites;
    private PendingFile? _file;
    private int _count;

    public MboxStore(string path, bool overwrite)
    {
        if (!overwrite && File.Exists(path)) throw Failures.FileExists(path);

        _path = path;
        _overwrites = overwrite;
    }

    /// <inheritdoc/>
    public override MessageParts Needs => MessageParts.From | MessageParts.Received | MessageParts.Date;

    /// <inheritdoc/>
    public override bool TakesSeveral => false;

    /// <inheritdoc/>
    public override MessageFile Place(ImapMessage message) => new Entry(this, message);

    /// <inheritdoc/>
    public override FileInfo? Complete()
    {
        if (_count == 0 || _file is null) return null;

        _file.Commit(_path, time: null, _overwrites);
        return new FileInfo(_path);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _file?.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The line before a message: whom it is from, and when it came, in the manner of asctime and in UTC.</summary>
    private static byte[] Separator(ImapMessage message)
    {
        // The envelope's sender is not known here; the header's comes closest.
        string from = message.From.Count > 0 ? message.From[0].Address : string.Empty;
        bool isPlain = from.Length > 0 && from.All(c => c is > ' ' and < '\u007f');
        DateTime time = (message.Received ?? message.Date ?? SeparatorDate.Unknown).UtcDateTime;
        return Encoding.ASCII.GetBytes(string.Format(
            CultureInfo.InvariantCulture,
            "From {0} {1:ddd MMM} {2,2} {1:HH:mm:ss yyyy}\n",
            isPlain ? from : "MAILER-DAEMON",
            time,
            time.Day));
    }

    private sealed class Entry(MboxStore mbox, ImapMessage message) : MessageFile
    {
        public override string Path => mbox._path;

        public override Stream Open()
        {
            mbox._file ??= new PendingFile(System.IO.Path.GetDirectoryName(mbox._path)!);
            var text = new Section(mbox._file);
            byte[] separator = Separator(message);
            mbox._file.Write(separator, 0, separator.Length);
            return text;
        }

        public override FileInfo? Commit(Stream stream)
        {
            ((Section)stream).Commit();
            mbox._count++;
            return null;
        }
    }

    /// <summary>One message's part of the file; taken back if it is not committed.</summary>
    private sealed class Section(PendingFile file) : UnixTextStream(file, quotesFrom: true, leavesOpen: true)
    {
        private readonly long _start = file.Position;
        private bool _committed;

        public void Commit()
        {
            Finish();

            // An empty line ends a message, after its own last line.
            byte[] end = EndsLine ? [(byte)'\n'] : "\n\n"u8.ToArray();
            file.Write(end, 0, end.Length);
            file.Flush();
            _committed = true;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing && !_committed) file.Truncate(_start);
            base.Dispose(disposing);
        }
    }
}
