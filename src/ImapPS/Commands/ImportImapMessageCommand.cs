using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Changing;
using ImapPS.Pipeline.Files;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Imports messages from files into a folder: .eml, mbox and Maildir, or what a script has built.</summary>
/// <remarks>
/// <para>
/// Messages arrive octet for octet as they stand in the file, but for line ends: IMAP wants CRLF, so an LF alone gets its CR. A CR alone is
/// sent as it is. Two things cannot be sent, and are errors about that one message: NUL octets, and what has not a single line end. The
/// server may still alter what it stores.
/// </para>
/// <para>
/// They are sent in few commands, 100 of them or 10 MB at a time (MULTIAPPEND, RFC 3502), without waiting for each (LITERAL+, RFC 7888),
/// where the server has these; else one by one. A message of more than a megabyte is read from its file as it is sent, and never held in
/// memory. When a server refuses a batch, its messages are sent one by one, and only those that are refused are errors.
/// </para>
/// <para>
/// When the connection breaks in the middle, it is opened again, and what was on its way is looked for among the messages that have arrived
/// since: by size and Message-ID, and by its octets where that does not tell. What certainly is not there is sent again. What cannot be
/// told is reported as OutcomeUnknown, and never sent twice. When all retries are used up, or the server does not answer in time, run it
/// again with -SkipExisting.
/// </para>
/// <para>
/// An .eml file's time of change becomes the time of receipt, which is what Save-ImapMessage makes it. So it is in a Maildir, where the
/// flags are in the files' names; keywords are not, since their letters mean something else in each. An mbox has that time in the line
/// "From " before each message, in UTC. Such a line begins a message only where it follows an empty line and has a date; &gt;From in the
/// text is read as "mboxrd" writes it. Its flags and a Content-Length are not heeded.
/// </para>
/// <para>
/// A file that is none of these must begin with a header field, such as "Subject: Report". One that does not, such as a PDF or a table, is
/// the error MessageInvalid, and the others go on. With the extension .eml or -Format Eml any file is imported as a message.
/// </para>
/// <para>
/// -SkipExisting reads the Message-IDs of the whole folder once, and leaves out messages whose Message-ID is there, or came before in the
/// same import. A message without Message-ID is left out where the folder has one with the very same octets; only messages of its size are
/// downloaded for that. -Verbose names what is left out.
/// </para>
/// <para>
/// With -MaxMessages the files are read twice: first to count the messages in them.
/// </para>
/// <para>
/// With -JournalPath a line is written for each message when the server has confirmed it. FromFile says what it was read from, and
/// Folder, UidValidity and Uid where it is, so that the journal piped into Remove-ImapMessage undoes the import.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, FileNotFound, FileNotRead, MessageInvalid, MessageTooLarge, OutcomeUnknown,
/// LimitExceeded, UidValidityChanged, PermissionDenied, QuotaExceeded, CommandRejected, ArgumentInvalid, JournalNotWritten, ConnectionLost,
/// Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Import-ImapMessage Archive/2025 ./mail/*.eml -Flags Seen -CreateFolder</code>
/// <para>Imports all .eml files of a directory, as read messages, into a folder that is created if it is missing.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./export -Recurse -Filter *.mbox | Import-ImapMessage Archive -SkipExisting -Verbose</code>
/// <para>Imports what the folder does not have yet. It may be run again after a break.</para>
/// </example>
/// <example>
/// <code>Import-ImapMessage INBOX ~/Maildir -WhatIf</code>
/// <para>Names every message of a Maildir that would be imported.</para>
/// </example>
/// <example>
/// <code>$raw = "From: me@example.org`r`nTo: you@example.org`r`nSubject: Test`r`n`r`nHello.`r`n"
/// Import-ImapMessage Drafts -Content $raw -Flags Draft -PassThru</code>
/// <para>Puts a message that a script has built into the drafts, and emits it.</para>
/// </example>
[Cmdlet(VerbsData.Import, "ImapMessage", SupportsShouldProcess = true, DefaultParameterSetName = "Path",
    HelpUri = HelpPages.Reference + "Import-ImapMessage.md")]
[OutputType(typeof(ImapMessage), typeof(ImapChangeSummary))]
public sealed class ImportImapMessageCommand : ChangeCmdlet
{
    /// <summary>A piece of the pipeline: so many files are gathered before the first is sent.</summary>
    private const int MostGathered = 500;

    private const long MostGatheredContent = 10 * 1024 * 1024;

    private readonly List<ImportItem> _gathered = [];
    private MessageImport? _import;
    private long _gatheredBytes;
    private int _contents;

    /// <summary>Specifies the folder to import into: a path, or a folder object. No character is a wildcard.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    [Alias("Destination")]
    [FolderTransformation]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath? Folder { get; set; }

    /// <summary>Specifies the files to import, and the directories that are Maildirs. Text from the pipeline is a path.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [FileTransformation]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>
    /// Specifies the paths of files and Maildirs. No character is a wildcard. The output of Get-ChildItem binds to this parameter.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [ValidateNotNullOrEmpty]
    [Alias("PSPath", "FullName")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Specifies the message itself: a string, which is sent as UTF-8, or byte[]. Of several values each is a message.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "Content")]
    [ValidateNotNull]
    public object? Content { get; set; }

    /// <summary>
    /// The format of the files. By default a directory is a Maildir, the extensions .eml and .mbox say what they are, any other file is an
    /// mbox when it begins with "From ", and else must begin with a header field. With Eml any file is sent as a message.
    /// </summary>
    [Parameter(ParameterSetName = "Path")]
    [Parameter(ParameterSetName = "LiteralPath")]
    public ImapMessageFormat Format { get; set; }

    /// <summary>
    /// Specifies the flags of the imported messages. None means no flags. The default is the flags of the Maildir, otherwise none.
    /// </summary>
    [Parameter]
    public ImapMessageFlags Flags { get; set; }

    /// <summary>Specifies the keywords of the imported messages.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(KeywordCompleter))]
    public string[] Keyword { get; set; } = [];

    /// <summary>
    /// Specifies when the messages were received. It replaces the time that the file shows. For -Content the default is now.
    /// </summary>
    [Parameter]
    public DateTimeOffset Received { get; set; }

    /// <summary>
    /// Indicates that messages that the folder already has are not imported. Messages are compared by Message-ID, or by their whole content
    /// if they have none.
    /// </summary>
    [Parameter]
    public SwitchParameter SkipExisting { get; set; }

    /// <summary>Indicates that the folder, and the folders above it, are created if they are missing.</summary>
    [Parameter]
    public SwitchParameter CreateFolder { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Folder!.Given is not null) Throw(Refusals.NotAFolder(Folder, MyInvocation.MyCommand.Name));

        if (Array.Find(Keyword, keyword => !Keywords.IsKeyword(keyword)) is { } bad) Throw(Failures.KeywordInvalid(bad));

        base.BeginProcessing();
        var options = new ImportOptions(Folder!.Path)
        {
            CreateFolder = CreateFolder,
            IsWhatIf = Consent.IsWhatIf,
            SkipExisting = SkipExisting,
            PassThru = PassThru,
            Flags = IsGiven(nameof(Flags)) ? Flags : null,
            Keywords = Keyword,
            Received = IsGiven(nameof(Received)) ? Received : null,
        };
        _import = new MessageImport(options, Report);
        _import.Meter.KnowsTotal = !MyInvocation.ExpectingInput;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path) Gather(() => FilePaths.Existing(SessionState, path).Select(OfFile), path);
        foreach (string path in LiteralPath) Gather(() => [OfFile(FilePaths.Literal(SessionState, path))], path);

        if (ParameterSetName != "Content") return;

        object content = Wrapped.Unwrap(Content!);
        foreach (object part in content is IEnumerable several and not (string or byte[]) ? several : new[] { content })
        {
            Gather(() => [ImportItem.OfContent(Wrapped.Unwrap(part), ++_contents)], part);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (MaxMessages > 0) Run((_, cancellationToken) => ImportItem.RefuseMoreAsync(_gathered, MaxMessages, cancellationToken));

        Send();
        if (_import!.Meter.Count + _import.Skipped > 0)
        {
            WriteVerbose(string.Format(CultureInfo.CurrentCulture, "Import into {0}: {1}; {2:N0} were there already.",
                DisplayText.Printable(Folder!.Path), _import.Meter.Status, _import.Skipped));
        }

        base.EndProcessing();
    }

    private ImportItem OfFile(string path) => ImportItem.OfFile(path, IsGiven(nameof(Format)) ? Format : null);

    private void Gather(Func<IEnumerable<ImportItem>> find, object target)
    {
        try
        {
            foreach (ImportItem item in find())
            {
                _gathered.Add(item);
                if (ParameterSetName == "Content") _gatheredBytes += item.Size;
                if (MaxMessages == 0 && (_gathered.Count >= MostGathered || _gatheredBytes >= MostGatheredContent)) Send();
            }
        }
        catch (ImapException missing) when (missing.Id == ImapErrorId.FileNotFound && FilePaths.Exists(SessionState, Folder!.Path))
        {
            WriteError(Failures.FolderAfterFile(Folder.Path, missing.Target?.ToString() ?? string.Empty), target);
        }
        catch (ImapException failed)
        {
            WriteError(failed, target);
        }
    }

    private void Send()
    {
        List<ImportItem> items = [.. _gathered];
        _gathered.Clear();
        _gatheredBytes = 0;
        if (items.Count == 0) return;

        SessionConnection session = ResolveOrThrow(Folder!.Session);
        _import!.Meter.Expect(0, items.Sum(item => item.Size));
        Run((writer, cancellationToken) => _import.RunAsync(items, session, writer, cancellationToken));
    }
}
