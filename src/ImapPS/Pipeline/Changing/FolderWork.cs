using System;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Mailbox;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Changing;

/// <summary>Changes folders, one after the other: what goes wrong with one is its own error, and the others go on.</summary>
internal static class FolderWork
{
    /// <summary>Runs work about one folder.</summary>
    /// <returns>Whether it was done.</returns>
    public static bool RunFor(this ImapCmdlet cmdlet, string path, SessionConnection session,
        Func<MailboxAccess, PipelineWriter, CancellationToken, Task> work)
    {
        bool done = false;
        cmdlet.Run(
            (writer, cancellationToken) => writer.ForItemAsync(
                path,
                async () =>
                {
                    try
                    {
                        await work(new MailboxAccess(session, writer), writer, cancellationToken).ConfigureAwait(false);
                        done = true;
                    }
                    catch (ImapException invalid) when (invalid.Id == ImapErrorId.ArgumentInvalid)
                    {
                        // One bad name of several is no reason to leave the good ones.
                        await writer.WriteErrorAsync(invalid, cancellationToken, path).ConfigureAwait(false);
                    }
                },
                cancellationToken));
        return done;
    }

    /// <summary>Emits a folder as it is now.</summary>
    public static async Task EmitAsync(string path, MailboxAccess mailbox, PipelineWriter writer, CancellationToken cancellationToken) =>
        await writer.WriteObjectAsync(await new FolderReader(mailbox).ReadAsync(path, status: true, cancellationToken, isMade: true)
            .ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
}
