using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Administration;

/// <summary>Reads and changes access lists (RFC 4314). The connection would end at an empty list, as MailKit reads it.</summary>
internal sealed class PermissionAccess(MailboxAccess mailbox)
{
    public const string Capability = "ACL";

    /// <summary>The access list of a folder.</summary>
    public async Task<IReadOnlyList<ImapFolderPermission>> ListAsync(string path, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapFolderPermission> found = await AskAsync(
            path,
            'A',
            (folder, abort) => folder.GetAccessControlListAsync(abort),
            answers => answers.Of("ACL").SelectMany(answer => Pairs([.. answer.Skip(1)]))
                .Select(pair => Permission(path, pair.Identifier, pair.Letters)),
            cancellationToken).ConfigureAwait(false);
        mailbox.Session.Memory.Settings.LearnIdentifiers(found.Select(permission => permission.Identifier));
        return found;
    }

    /// <summary>The rights of whoever is logged in.</summary>
    public async Task<ImapFolderPermission> MineAsync(string path, CancellationToken cancellationToken)
    {
        string letters = string.Concat(await AskAsync(
            path,
            'M',
            (folder, abort) => folder.GetMyAccessRightsAsync(abort),
            answers => answers.Of("MYRIGHTS").SelectMany(answer => answer.Skip(1)).Select(part => part.Text),
            cancellationToken).ConfigureAwait(false));
        return Permission(path, mailbox.Session.Handle.UserName, letters);
    }

    /// <summary>The rights that somebody can be granted.</summary>
    public async Task<ImapFolderPermission> PossibleAsync(string path, string identifier, CancellationToken cancellationToken)
    {
        string letters = string.Concat(await AskAsync(
            path,
            'L',
            (folder, abort) => folder.GetAccessRightsAsync(identifier, abort),
            answers => answers.Of("LISTRIGHTS").SelectMany(answer => answer.Skip(2)).Select(part => part.Text),
            cancellationToken).ConfigureAwait(false));
        return Permission(path, identifier, letters);
    }

    /// <summary>Changes the rights of somebody.</summary>
    public Task<bool> ChangeAsync(string path, PermissionChange change, CancellationToken cancellationToken) =>
        OnFolderAsync(
            path,
            async (client, folder, abort) =>
            {
                string offered = $"{client.Rights}";
                string ForServer(string letters) => RightLetters.For(letters, offered);
                if (change.Set is { } letters)
                {
                    await folder.SetAccessRightsAsync(change.Identifier, Rights(ForServer(letters)), abort).ConfigureAwait(false);
                }

                if (ForServer(change.Remove) is { Length: > 0 } removed)
                {
                    await folder.RemoveAccessRightsAsync(change.Identifier, Rights(removed), abort).ConfigureAwait(false);
                }

                if (ForServer(change.Add) is { Length: > 0 } added)
                {
                    await folder.AddAccessRightsAsync(change.Identifier, Rights(added), abort).ConfigureAwait(false);
                }
            },
            cancellationToken);

    /// <summary>Takes somebody off the access list.</summary>
    public Task<bool> RemoveAsync(string path, string identifier, CancellationToken cancellationToken) =>
        OnFolderAsync(path, (_, folder, abort) => folder.RemoveAccessAsync(identifier, abort), cancellationToken);

    /// <summary>The letters that the server does not have: those that only another one has.</summary>
    public Task<string> UnknownAsync(string letters, CancellationToken cancellationToken) =>
        mailbox.RunAsync((client, _) => Task.FromResult(RightLetters.Unknown(letters, $"{client.Rights}")), cancellationToken);

    private static AccessRights Rights(string letters) => new(letters);

    private static IEnumerable<(string Identifier, string Letters)> Pairs(IReadOnlyList<AnswerPart> parts)
    {
        for (int i = 0; i + 1 < parts.Count; i += 2) yield return (parts[i].Text, parts[i + 1].Text);
    }

    private ImapFolderPermission Permission(string path, string identifier, string letters) =>
        RightLetters.Permission(mailbox.SessionId, path, identifier, letters);

    private async Task<IReadOnlyList<T>> AskAsync<T>(string path, char letter, Func<IMailFolder, CancellationToken, Task> command,
        Func<Answers, IEnumerable<T>> read, CancellationToken cancellationToken)
    {
        IReadOnlyList<T> found = [];
        await OnFolderAsync(
            path,
            async (client, folder, abort) => found =
                [.. read(await ((StreamingClient)client).HearAsync(letter, () => command(folder, abort)).ConfigureAwait(false))],
            cancellationToken).ConfigureAwait(false);
        return found;
    }

    private Task<bool> OnFolderAsync(string path, Func<ImapClient, IMailFolder, CancellationToken, Task> command,
        CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) =>
            {
                IMailFolder folder = await MailboxAccess.FindAsync(client, path, abort).ConfigureAwait(false);
                await MailboxAccess.OnFolderAsync(client, folder, () => command(client, folder, abort), abort).ConfigureAwait(false);
                return true;
            },
            cancellationToken,
            target: path);
}
