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
/// Messages are imported octet for octet. Only line ends change: IMAP requires CRLF, so an LF alone becomes CRLF. A CR alone is sent as it
/// is. A message with NUL octets, or without any octet, cannot be sent. It is an error, and the other messages are imported. The server
/// may change what it stores.
/// </para>
/// <para>
/// Up to 100 messages or 10 MB are sent with one command (MULTIAPPEND, RFC 3502), without waiting for each message (LITERAL+, RFC 7888), if
/// the server supports this. Otherwise messages are sent one by one. A message of more than 1 MB is read from its file while it is sent,
/// and is not held in memory. If the server refuses a batch, its messages are sent one by one. Only the messages that are then refused are
/// errors.
/// </para>
/// <para>
/// If the connection breaks, it is opened again. The cmdlet then looks for the messages that it was sending among the new messages of the
/// folder: by size and Message-ID, and by their octets if that is not enough. It sends a message again if the message is certainly not
/// there. If this is not certain, the error is OutcomeUnknown, and the message is not sent again. If all retries are used, or the server
/// does not answer in time, run the import again with -SkipExisting.
/// </para>
/// <para>
/// The time of change of an .eml file becomes the time of receipt. Save-ImapMessage sets this time. The same applies to a Maildir. The
/// flags of a Maildir are in the names of its files. Its keywords are not imported, because their letters mean something else in each
/// Maildir.
/// </para>
/// <para>
/// An mbox has the time of receipt in the line "From " before each message, in UTC. Such a line begins a message only if it follows an
/// empty line and has a date. &gt;From in the text is read in the form "mboxrd". Flags in an mbox and a Content-Length are ignored.
/// </para>
/// <para>
/// Any other file must begin with a header field, such as "Subject: Report". If it does not, such as a PDF or a table, the error is
/// MessageInvalid, and the other files are imported. With the extension .eml or with -Format Eml, any file is imported as a message.
/// </para>
/// <para>
/// -SkipExisting reads the Message-IDs of the whole folder once. It skips messages whose Message-ID is in the folder, or came earlier in
/// the same import. A message without Message-ID is skipped if the folder has a message with the same octets. Only messages of the same
/// size are downloaded for this. -Verbose names the messages that are skipped.
/// </para>
/// <para>
/// With -MaxMessages the files are read twice. The first time, the cmdlet counts the messages.
/// </para>
/// <para>
/// With -JournalPath the cmdlet writes a line for each message after the server has confirmed it. FromFile is the file that the message was
/// read from. Folder, UidValidity and Uid show where the message is. To undo the import, pipe the journal into Remove-ImapMessage.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, FileNotFound, FileNotRead, MessageInvalid, MessageTooLarge, OutcomeUnknown,
/// LimitExceeded, UidValidityChanged, PermissionDenied, QuotaExceeded, CommandRejected, ArgumentInvalid, JournalNotWritten, ServerBusy,
/// ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Import-ImapMessage Archive/2025 ./mail/*.eml -Flags Seen -CreateFolder</code>
/// <para>Imports all .eml files of a directory as read messages. The folder is created if it is missing.</para>
/// </example>
/// <example>
/// <code>Get-ChildItem ./export -Recurse -Filter *.mbox | Import-ImapMessage Archive -SkipExisting -Verbose</code>
/// <para>Imports the messages that the folder does not have yet. You can run it again after an interruption.</para>
/// </example>
/// <example>
/// <code>Import-ImapMessage INBOX ~/Maildir -WhatIf</code>
/// <para>Shows every message of a Maildir that would be imported.</para>
/// </example>
/// <example>
/// <code>$raw = "From: me@example.org`r`nTo: you@example.org`r`nSubject: Test`r`n`r`nHello.`r`n"
/// Import-ImapMessage Drafts -Content $raw -Flags Draft -PassThru</code>
/// <para>Imports a message that a script has built into the drafts, and returns it.</para>
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
    /// Specifies the format of the files. By default a directory is a Maildir, and the extensions .eml and .mbox specify the format. Any
    /// other file is an mbox if it begins with "From ". Otherwise it must begin with a header field. With Eml any file is one message.
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
            IsSilent = Consent.IsSilent,
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
