using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Changing;
using ImapPS.Reading;
using ImapPS.Sessions;
using ImapPS.Transfers;

namespace ImapPS.Pipeline.Files;

/// <summary>How messages are imported.</summary>
internal sealed record ImportOptions(string Folder)
{
    public bool CreateFolder { get; init; }

    /// <summary>Nothing is made or sent; ShouldProcess is asked all the same.</summary>
    public bool IsWhatIf { get; init; }

    /// <summary>Nobody is to be asked about a message, nor told of it.</summary>
    public bool IsSilent { get; init; }

    public bool SkipExisting { get; init; }

    public bool PassThru { get; init; }

    /// <summary>Null for what the file tells.</summary>
    public ImapMessageFlags? Flags { get; init; }

    public IReadOnlyList<string> Keywords { get; init; } = [];

    /// <summary>Null for what the file tells.</summary>
    public DateTimeOffset? Received { get; init; }

    public string Action => $"Import into {DisplayText.Printable(Folder)}";
}

/// <summary>Imports the messages of files into a folder, a piece of the pipeline at a time.</summary>
/// <param name="options">What, where to, and how.</param>
/// <param name="report">Takes account of what has arrived.</param>
internal sealed class MessageImport(ImportOptions options, ChangeReport report)
{
    private TransferDestination? _destination;
    private ExistingMessages? _existing;

    public TransferMeter Meter { get; } = new("message");

    /// <summary>How many messages were in the folder already.</summary>
    public long Skipped { get; private set; }

    public async Task RunAsync(IEnumerable<ImportItem> items, SessionConnection session, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        var mailbox = new MailboxAccess(session, writer);
        await PrepareAsync(mailbox, mayCreate: false, cancellationToken).ConfigureAwait(false);

        IAsyncEnumerator<AppendSource> wanted = SourcesAsync(items, mailbox, writer, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable closing = wanted.ConfigureAwait(false);
        if (!await wanted.MoveNextAsync().ConfigureAwait(false)) return;

        (string action, Func<string> status) = (options.Action, () => Meter.Status);
        Meter.Changed = () => writer.Progress(action, status, Meter.Bytes, Meter.TotalBytes, Meter.SecondsRemaining);
        Meter.Start();
        await foreach (IReadOnlyList<AppendResult> results in new MessageAppender(mailbox, _destination!)
            .AppendAsync(RestAsync(wanted), cancellationToken).ConfigureAwait(false))
        {
            await WriteAsync(results, mailbox, writer, cancellationToken).ConfigureAwait(false);
        }

        Meter.Stop();
    }

    private static async IAsyncEnumerable<AppendSource> RestAsync(IAsyncEnumerator<AppendSource> sources)
    {
        do yield return sources.Current;
        while (await sources.MoveNextAsync().ConfigureAwait(false));
    }

    private async Task PrepareAsync(MailboxAccess mailbox, bool mayCreate, CancellationToken cancellationToken)
    {
        _destination ??= mayCreate
            ? await TransferDestination.PrepareAsync(mailbox, options.Folder, options.CreateFolder, cancellationToken).ConfigureAwait(false)
            : await TransferDestination.FindAsync(mailbox, options.Folder, options.CreateFolder, cancellationToken).ConfigureAwait(false);
        if (options.SkipExisting && _destination is not null) _existing ??= new ExistingMessages(mailbox, _destination);
    }

    private async IAsyncEnumerable<AppendSource> SourcesAsync(IEnumerable<ImportItem> items, MailboxAccess mailbox,
        PipelineWriter writer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new ImportReader(items, SourceOf);
        reader.Start();
        while (await reader.NextAsync(cancellationToken).ConfigureAwait(false) is { } message)
        {
            bool isWanted = false;
            await ForItemAsync(
                message.Item.Target,
                async () =>
                {
                    if (message.Failure is { } failure) ExceptionDispatchInfo.Capture(failure).Throw();
                    isWanted = await IsWantedAsync(message.Source!, mailbox, writer, cancellationToken).ConfigureAwait(false);
                },
                writer,
                cancellationToken).ConfigureAwait(false);
            if (isWanted) yield return message.Source!;
        }
    }

    private static Task ForItemAsync(object target, Func<Task> work, PipelineWriter writer, CancellationToken cancellationToken) =>
        writer.ForItemAsync(
            target,
            async () =>
            {
                try
                {
                    await work().ConfigureAwait(false);
                }
                catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
                {
                    throw Failures.FileNotRead(target.ToString() ?? string.Empty, unreadable, target);
                }
            },
            cancellationToken);

    private AppendSource SourceOf(FileMessage message, ImportItem item) => new(message.Name, message.Open)
    {
        Target = item.Target,
        Flags = options.Flags ?? message.Flags ?? ImapMessageFlags.None,
        Keywords = options.Keywords,
        Received = options.Received ?? message.Received,
    };

    private async Task<bool> IsWantedAsync(AppendSource source, MailboxAccess mailbox, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();

        if (_existing is not null && await _existing.HasAsync(source, cancellationToken).ConfigureAwait(false))
        {
            Skipped++;
            writer.Verbose($"'{source.Name}' is already in '{DisplayText.Printable(options.Folder)}'.");
            return false;
        }

        if (options.IsWhatIf && _destination?.LargestMessage is { } limit && source.Size > limit)
        {
            throw Failures.MessageTooLarge(source.Name, source.Size, limit, source.Target);
        }

        if (!options.IsSilent
            && !await writer.AskAsync(cmdlet => cmdlet.ShouldProcess(source.Name, options.Action), cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        if (_destination is not null) return true;

        // A folder is created only once something is to go there.
        await PrepareAsync(mailbox, mayCreate: true, cancellationToken).ConfigureAwait(false);
        return _existing is null || !await _existing.HasAsync(source, cancellationToken).ConfigureAwait(false);
    }

    private async Task WriteAsync(IReadOnlyList<AppendResult> results, MailboxAccess mailbox, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        report.Add([.. results.Where(result => result.Error is null)
            .Select(result => JournalEntry.OfImport(Arrived(result, mailbox.SessionId), result.Source.Name))]);
        foreach (AppendResult result in results)
        {
            if (result.Error is { } error)
            {
                await writer.WriteErrorAsync(error, cancellationToken, result.Source.Target).ConfigureAwait(false);
                continue;
            }

            Meter.Received((int)Math.Min(int.MaxValue, result.Source.Size));
            Meter.Finished();
        }

        if (!options.PassThru) return;

        List<ImapMessage> arrived =
            [.. results.Where(result => result.Uid is not null).Select(result => Arrived(result, mailbox.SessionId))];
        foreach (ImapMessage message in await new MessageReader(mailbox).CompleteArrivedAsync(arrived, cancellationToken)
            .ConfigureAwait(false))
        {
            await writer.WriteObjectAsync(message, cancellationToken).ConfigureAwait(false);
        }
    }

    private ImapMessage Arrived(AppendResult result, int session) => new()
    {
        IsPartial = true,
        SessionId = session,
        Folder = _destination!.Path,
        UidValidity = _destination.UidValidity,
        Uid = result.Uid ?? 0,
        MessageId = result.Source.MessageId,
        Size = result.Source.Size,
        Flags = result.Source.Flags,
        Keywords = ImapList<string>.Of(result.Source.Keywords),
        Received = result.Source.Received,
    };
}
