using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using MailKit;
using MailKit.Net.Imap;
using ImapFolder = ImapPS.Models.ImapFolder;

namespace ImapPS.Folders;

/// <summary>
/// One listing of folders with their counts. A folder whose counts cannot be read costs an error and comes without them, and what was
/// read of the others before is kept.
/// </summary>
/// <param name="mailbox">The account.</param>
/// <param name="isWanted">Whether a folder is wanted, by its path.</param>
/// <param name="subscribedOnly">Whether only folders that are subscribed to are.</param>
/// <param name="status">Whether the counts are.</param>
internal sealed class FolderListing(MailboxAccess mailbox, Predicate<string> isWanted, bool subscribedOnly, bool status)
{
    /// <summary>So many folders in a row, and it is not the folders.</summary>
    private const int MostInARow = 8;

    private readonly Dictionary<string, ImapFolder> _counted = new(StringComparer.Ordinal);
    private readonly HashSet<string> _failed = new(StringComparer.Ordinal);
    private string? _asked;
    private bool _isListing;
    private bool _isSeparate;
    private bool _isPatient;
    private int _inARow;

    /// <summary>Lists the folders, in no order.</summary>
    public async Task<IReadOnlyList<ImapFolder>> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return await mailbox.RunAsync(ListAsync, cancellationToken, target: null, IsRepeated).ConfigureAwait(false);
            }
            catch (ImapException failed) when (_asked is not null && IsAboutFolder(failed) && ++_inARow < MostInARow)
            {
                Fail(_asked, failed);
            }
            catch (ImapException nonsense) when (nonsense.Id == ImapErrorId.ProtocolError && _isListing && !_isSeparate)
            {
                // Which of the answers within LIST it was, only a STATUS for each folder tells.
                _isSeparate = true;
            }
        }
    }

    private async Task<IReadOnlyList<ImapFolder>> ListAsync(ImapClient client, CancellationToken abort)
    {
        _asked = null;
        if (status) await mailbox.CatchUpAsync(client, selected => isWanted(selected.FullName), abort).ConfigureAwait(false);
        bool statusInList = status && !_isSeparate && client.Capabilities.HasFlag(ImapCapabilities.ListStatus);
        _isListing = statusInList;
        IList<IMailFolder> listed = await FolderReader.ListAllAsync(client, subscribedOnly, statusInList, abort).ConfigureAwait(false);
        _isListing = false;
        if (!subscribedOnly) mailbox.Session.Memory.Folders.Learn(FolderReader.Known(client, listed));
        HashSet<IMailFolder>? subscribed = subscribedOnly || client.Capabilities.HasFlag(ImapCapabilities.ListExtended)
            ? null
            : [.. await FolderReader.ListAllAsync(client, subscribedOnly: true, status: false, abort).ConfigureAwait(false)];

        var folders = new List<ImapFolder>();
        foreach (IMailFolder folder in listed.Where(folder => isWanted(folder.FullName)))
        {
            if (!_counted.TryGetValue(folder.FullName, out ImapFolder? model))
            {
                bool counted = statusInList || (status && !_failed.Contains(folder.FullName)
                    && await TryStatusAsync(folder, abort).ConfigureAwait(false));
                model = FolderMapping.ToModel(client, folder, mailbox.SessionId, subscribedOnly
                    || (subscribed?.Contains(folder) ?? folder.IsSubscribed), counted);
                _counted[folder.FullName] = model;
            }

            folders.Add(model);
        }

        return folders;
    }

    private async Task<bool> TryStatusAsync(IMailFolder folder, CancellationToken abort)
    {
        if (!FolderMapping.IsSelectable(folder)) return false;

        _isPatient |= _asked != folder.FullName;
        _asked = folder.FullName;
        try
        {
            await folder.StatusAsync(FolderReader.Counts, abort).ConfigureAwait(false);
            _inARow = 0;
            return true;
        }
        catch (ImapCommandException refused) when (!NotNow.Is(mailbox.Session.Rejections, refused.ResponseText))
        {
            // A folder that may be listed but not looked into is still a folder; whose rights say so, nobody need be told.
            ImapException reason = Translation.Translate(refused, mailbox.Session.Rejections, folder.FullName);
            if (reason.Id == ImapErrorId.CommandRejected) mailbox.Caller.Error(Failures.FolderUncounted(folder.FullName, reason));
            return false;
        }
        catch (FolderNotFoundException)
        {
            return false;
        }
    }

    private void Fail(string path, ImapException reason)
    {
        _failed.Add(path);
        mailbox.Caller.Error(Failures.FolderUncounted(path, reason));
    }

    private bool IsAboutFolder(ImapException failed) => failed.Id == ImapErrorId.ProtocolError
        || (failed.Id == ImapErrorId.ConnectionLost && mailbox.Session.RetryCount > 0 && _counted.Count > 0);

    /// <summary>A lost connection may be the line's fault, once for each folder.</summary>
    private bool IsRepeated(Exception failure)
    {
        if (_asked is null || failure is ImapException || Translation.IsLate(failure)) return true;
        if (Translation.IsNonsense(failure)) return false;

        bool isRepeated = _isPatient || _counted.Count == 0;
        _isPatient = false;
        return isRepeated;
    }
}
