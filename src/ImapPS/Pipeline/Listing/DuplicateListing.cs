using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Reading;

namespace ImapPS.Pipeline.Listing;

/// <summary>Looks for copies among the folders of a session, and writes those that need not be kept.</summary>
internal sealed class DuplicateListing(MailboxAccess mailbox, PipelineWriter writer)
{
    /// <summary>Whether messages are compared octet for octet.</summary>
    public bool ByOctets { get; init; }

    /// <param name="asked">The folders, in the order of preference; none means all but the trash.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task WriteAsync(IReadOnlyList<FolderPath> asked, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapFolder> listed = await new FolderReader(mailbox)
            .ListAsync(_ => true, subscribedOnly: false, status: false, cancellationToken).ConfigureAwait(false);
        var scope = new DuplicateScope(listed);
        var finder = new DuplicateFinder(mailbox, ByOctets);
        foreach (FolderPath folder in scope.Choose(asked, writer))
        {
            await writer.ForItemAsync(folder.Path, () => ReadAsync(finder, folder, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }

        foreach ((string folder, System.Func<CancellationToken, Task> readAsync) in finder.Digests())
        {
            await writer.ForItemAsync(folder, () => readAsync(cancellationToken), cancellationToken).ConfigureAwait(false);
        }

        IReadOnlyList<ExtraCopies> extras = finder.Extras();
        foreach ((string folder, string other) in finder.Doubts)
        {
            writer.Warning($"'{DisplayText.Printable(folder)}' and '{DisplayText.Printable(other)}' have the same UIDVALIDITY and the same "
                + "messages. They are taken for one folder under two names, so messages with the same UID are no copies of each other.");
        }

        writer.Verbose(string.Format(
            CultureInfo.CurrentCulture,
            "Copies of others: {0}, in {1}.",
            DisplayText.CountOf(extras.Sum(copies => copies.Count), finder.Count, "message"),
            DisplayText.Count(finder.FolderCount, "folder")));
        foreach (ExtraCopies copies in extras)
        {
            await writer.ForItemAsync(copies.Found.Folder, () => WriteAsync(copies, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task ReadAsync(DuplicateFinder finder, FolderPath folder, CancellationToken cancellationToken)
    {
        await foreach ((int done, int total) in finder.ReadAsync(folder.Path, folder.UidValidity, cancellationToken).ConfigureAwait(false))
        {
            writer.Progress($"Comparing {DisplayText.Printable(folder.Path)}", DisplayText.CountOf(done, total, "message"), done, total);
        }
    }

    private async Task WriteAsync(ExtraCopies copies, CancellationToken cancellationToken)
    {
        Task before = Task.CompletedTask;
        await foreach (MessageWindow window in new MessageReader(mailbox).ReadAsync(copies.Found, cancellationToken).ConfigureAwait(false))
        {
            foreach (ImapMessage message in window.Messages)
            {
                await writer.WriteObjectAsync(copies.ToModel(message), cancellationToken).ConfigureAwait(false);
            }

            // As when messages are listed: one window is read ahead, and no more.
            await before.ConfigureAwait(false);
            before = writer.DrainedAsync(cancellationToken);
        }
    }
}
