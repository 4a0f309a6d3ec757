using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Administration;

/// <summary>Sends commands in the user's own words. None is ever sent twice: nobody here knows what it does.</summary>
/// <param name="mailbox">The account.</param>
internal sealed class CommandAccess(MailboxAccess mailbox)
{
    /// <summary>Sends a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="scope">Where it works.</param>
    /// <param name="takesRefusal">Whether NO and BAD are answers like any other, and no errors.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public async Task<ImapCommandResult> SendAsync(RawCommand command, CommandScope scope, bool takesRefusal,
        CancellationToken cancellationToken)
    {
        bool isSent = false;
        FolderAccess access = scope.IsReadOnly ? FolderAccess.ReadOnly : FolderAccess.ReadWrite;
        try
        {
            return scope.Path.Length == 0
                ? await mailbox.RunOnceAsync(InNoneAsync, cancellationToken).ConfigureAwait(false)
                : await mailbox.InFolderAsync(scope.Path, access, uidValidity: null, InFolderAsync, cancellationToken, mayRepeat: false,
                    FolderView.OpenedAnew).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (isSent)
        {
            throw Failures.CommandUnknown(command.Shown, inner: null);
        }
        catch (ImapException lost) when (isSent && Loss.Is(lost) && !Loss.IsRefusal(lost))
        {
            throw Failures.CommandUnknown(command.Shown, lost);
        }

        async Task<ImapCommandResult> InNoneAsync(ImapClient client, Action begin, CancellationToken abort)
        {
            await mailbox.LeaveAsync(client, abort).ConfigureAwait(false);
            begin();
            return await SendAsync(client, abort).ConfigureAwait(false);
        }

        Task<ImapCommandResult> InFolderAsync(ImapClient client, IMailFolder folder, CancellationToken abort) =>
            scope.UidValidity is { } expected && expected != folder.UidValidity
                ? throw Failures.FolderRebuilt(scope.Path, expected, folder.UidValidity, scope.IsOfOther)
                : SendAsync(client, abort);

        async Task<ImapCommandResult> SendAsync(ImapClient client, CancellationToken abort)
        {
            object[] values = await ResolveAsync(client, command.Values, abort).ConfigureAwait(false);
            var tap = new AnswerTap(CommandRules.Seen(command.Name), command.Literals);
            isSent = true;
            mailbox.Session.Memory.Folders.Forget();
            try
            {
                await ((StreamingClient)client).HearAsync(tap, () => DirectCommand.SendAsync(client, command.Format, values, abort))
                    .ConfigureAwait(false);
            }
            catch (ImapCommandException refused)
            {
                // Here, while the gate is held and the response codes are still this command's.
                if (!takesRefusal) throw Refused(command, refused, mailbox.Session.Rejections);
            }

            return Result(command, scope.Path, tap);
        }
    }

    private static ImapException Refused(RawCommand command, ImapCommandException refused, IReadOnlyCollection<string> codes)
    {
        ImapException known = Translation.Translate(refused, codes);
        bool isOfFolder = codes.Contains("TRYCREATE", StringComparer.Ordinal)
            || (codes.Contains("NONEXISTENT", StringComparer.Ordinal) && CommandRules.NamesFolder(command.Name));
        return Failures.CommandNotTaken(command.Shown, known, isOfFolder, command.HasForeignText);
    }

    private ImapCommandResult Result(RawCommand command, string path, AnswerTap tap)
    {
        TaggedResponse? response = TaggedResponse.Of(tap.Status);
        return new ImapCommandResult
        {
            SessionId = mailbox.SessionId,
            Folder = path,
            Command = command.Shown,
            Status = response?.Status ?? string.Empty,
            Code = response?.Code ?? string.Empty,
            CodeArgument = response?.Argument ?? string.Empty,
            Text = response?.Text ?? string.Empty,
            Untagged = ImapList<ImapResponse>.Of(tap.Answers.Select(ResponseReader.Read)),
        };
    }

    /// <summary>Folders by the names that they have on the line.</summary>
    private static async Task<object[]> ResolveAsync(ImapClient client, IReadOnlyList<object> values, CancellationToken abort)
    {
        object[] resolved = [.. values];
        for (int i = 0; i < resolved.Length; i++)
        {
            if (resolved[i] is FolderPath folder)
            {
                resolved[i] = await MailboxAccess.FindAsync(client, folder.Path, abort).ConfigureAwait(false);
            }
        }

        return resolved;
    }
}
