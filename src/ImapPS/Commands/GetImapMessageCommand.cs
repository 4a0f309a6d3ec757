using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Completion;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline;
using ImapPS.Search;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Gets messages: envelope, flags, size and attachments, by whatever criteria.</summary>
/// <remarks>
/// <para>
/// The server searches (one SEARCH a folder), and the messages found are read in windows while the pipeline consumes them: the first
/// comes at once, memory does not grow with the folder, and Select-Object -First ends the reading. Messages come in the order of
/// their UIDs, which is that of their arrival in the folder. Nothing is changed: \Seen stays as it is.
/// </para>
/// <para>
/// Different criteria must all hold; of several values of one, any. Text without wildcard characters is contained in the header, as
/// the server understands that; some servers look for words only. Text with wildcard characters is compared here with the whole
/// decoded field, whatever the case, and the server narrows by its longest literal piece. Dates are compared to the instant, whatever
/// the time zones of server and caller.
/// </para>
/// <para>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound (for -Uid), UidValidityChanged, FilterInvalid, CommandRejected,
/// ConnectionLost, Timeout, ProtocolError.
/// </para>
/// </remarks>
/// <example>
/// <code>Get-ImapMessage -Unread</code>
/// <para>Gets the unread messages of the INBOX.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage INBOX -From billing@ -Before 2026-01-01 | Move-ImapMessage Archive/2025 -WhatIf</code>
/// <para>Shows which messages would be moved.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder Lists/* | Get-ImapMessage -OlderThan 90.00:00:00 -Unflagged</code>
/// <para>Gets what has lain in the folders below Lists for over ninety days, except what is flagged.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage Reports -Subject 'Nightly build * failed', '*out of space*' -NewerThan 1.00:00:00</code>
/// <para>Gets the last day's messages with either subject.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ImapMessage", SupportsPaging = true)]
[OutputType(typeof(ImapMessage))]
public sealed class GetImapMessageCommand : MessageFilterCmdlet
{
    private ulong _toSkip;
    private ulong _toWrite;

    /// <summary>The folders: paths, with wildcards if you like, or folder objects. The default is INBOX.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [SupportsWildcards]
    [Alias("Path")]
    [PSDefaultValue(Value = "INBOX")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [new FolderPath("INBOX")];

    /// <summary>Only messages with these UIDs (RFC 9051, 2.3.1.1). One that is not there is an error, unless other criteria are given too.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public uint[]? Uid { get; set; }

    /// <summary>The UIDVALIDITY that the UIDs were read under; if the folder has another now, nothing is read, and the error is UidValidityChanged.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public uint? UidValidity { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _toSkip = PagingParameters.Skip;
        _toWrite = PagingParameters.First;
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            MessageCriteria criteria = Criteria();
            foreach (FolderPath folder in Folder)
            {
                if (_toWrite == 0) return;

                SessionConnection session = Resolve(folder.SessionId);
                Run((writer, cancellationToken) => ForItemAsync(
                    writer,
                    folder.Path,
                    () => WriteFolderAsync(folder, criteria, new MailboxAccess(session, writer), writer, cancellationToken),
                    cancellationToken));
            }
        }
        catch (ImapException failed)
        {
            Throw(failed);
        }
    }

    private async Task WriteFolderAsync(FolderPath folder, MessageCriteria criteria, MailboxAccess mailbox, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var reader = new MessageReader(mailbox);
        var searches = new List<Func<Task<SearchResult>>>();
        foreach (string path in await ExpandAsync(folder, mailbox, cancellationToken).ConfigureAwait(false))
        {
            searches.Add(() => FindAsync(reader, path, folder.UidValidity, criteria, cancellationToken));
        }

        if (PagingParameters.IncludeTotalCount) searches = await CountAsync(searches, writer, cancellationToken).ConfigureAwait(false);

        foreach (Func<Task<SearchResult>> search in searches)
        {
            if (_toWrite == 0) return;

            await ForItemAsync(
                writer,
                target: null,
                async () => await WriteFoundAsync(reader, await search().ConfigureAwait(false), criteria, writer, cancellationToken).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<SearchResult> FindAsync(MessageReader reader, string path, uint? folderUidValidity, MessageCriteria criteria, CancellationToken cancellationToken)
    {
        if (Uid is null) return reader.SearchAsync(path, criteria, among: null, cancellationToken);

        IReadOnlyList<uint> uids = UidSets.Normalize(Uid);
        return criteria.IsEmpty
            ? reader.TakeAsync(path, uids, UidValidity ?? folderUidValidity, cancellationToken)
            : reader.SearchAsync(path, criteria, uids, cancellationToken);
    }

    private async Task WriteFoundAsync(MessageReader reader, SearchResult found, MessageCriteria criteria, PipelineWriter writer, CancellationToken cancellationToken)
    {
        writer.Verbose(string.Format(CultureInfo.CurrentCulture, "{0:N0} messages found in '{1}'{2}.", found.Uids.Count, Text.Printable(found.Folder), found.IsExact ? string.Empty : ", to be compared here"));

        // Where the server's answer is exact, skipping costs nothing.
        bool sureToExist = Uid is not null && criteria.IsEmpty;
        if (found.IsExact && !sureToExist) found = TakePage(found);

        long done = 0;
        bool asciiOnly = reader.SearchesAsciiOnly;
        await foreach (MessageWindow window in reader.ReadAsync(found, cancellationToken).ConfigureAwait(false))
        {
            if (sureToExist) await ReportMissingAsync(found, window, writer, cancellationToken).ConfigureAwait(false);

            foreach (ImapMessage message in window.Messages)
            {
                if (!found.IsExact && !MessageMatcher.IsMatch(criteria, message, asciiOnly)) continue;

                if (_toSkip > 0)
                {
                    _toSkip--;
                    continue;
                }

                await writer.WriteObjectAsync(message, cancellationToken).ConfigureAwait(false);
                if (--_toWrite == 0) return;
            }

            done += window.Asked.Count;
            writer.Progress($"Reading {Text.Printable(found.Folder)}", string.Format(CultureInfo.CurrentCulture, "{0:N0} of {1:N0} messages", done, found.Uids.Count), done, found.Uids.Count);
        }
    }

    private SearchResult TakePage(SearchResult found)
    {
        int skipped = (int)Math.Min(_toSkip, (ulong)found.Uids.Count);
        _toSkip -= (ulong)skipped;
        return found with { Uids = [.. found.Uids.Skip(skipped).Take((int)Math.Min(_toWrite, int.MaxValue))] };
    }

    private static async Task ReportMissingAsync(SearchResult found, MessageWindow window, PipelineWriter writer, CancellationToken cancellationToken)
    {
        foreach (uint uid in window.Asked.Except(window.Messages.Select(message => message.Uid)))
        {
            await writer.WriteErrorAsync(Failures.MessageNotFound(found.Folder, uid, uid), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<List<Func<Task<SearchResult>>>> CountAsync(List<Func<Task<SearchResult>>> searches, PipelineWriter writer, CancellationToken cancellationToken)
    {
        var results = new List<SearchResult>();
        foreach (Func<Task<SearchResult>> search in searches) results.Add(await search().ConfigureAwait(false));

        ulong total = (ulong)results.Sum(result => (long)result.Uids.Count);
        await writer.WriteObjectAsync(PagingParameters.NewTotalCount(total, results.TrueForAll(result => result.IsExact) ? 1.0 : 0.5), cancellationToken).ConfigureAwait(false);
        return [.. results.Select<SearchResult, Func<Task<SearchResult>>>(result => () => Task.FromResult(result))];
    }
}
