using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Backups;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Transfers;

namespace ImapPS.Pipeline.Backups;

/// <summary>One test of a backup: an object for each folder, or only whether all of them passed.</summary>
internal sealed class BackupTestRun(string root, MailboxAccess? mailbox, bool isQuiet, PipelineWriter writer)
{
    private readonly TransferMeter _meter = new("file");
    private bool _passes = true;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        BackupContents contents = ManifestReader.Read(root);
        var check = new BackupCheck(new BackupFiles(root), contents);
        ServerCheck? server = mailbox is null ? null : new ServerCheck(mailbox);
        if (server is not null) await server.LoadAsync(cancellationToken).ConfigureAwait(false);
        foreach (BackupFolder folder in contents.Folders)
        {
            await writer.ForItemAsync(folder.Path, () => RunAsync(folder, check, server, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }

        foreach (ImapFolder folder in server?.NotIn(contents) ?? [])
        {
            await writer.ForItemAsync(folder.Path, () => RunAsync(folder, server!, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }

        try
        {
            List<ImapBackupProblem> rest = [.. check.CheckRest()];
            if (rest.Count > 0) await EmitAsync(new ImapBackupTest { Directory = root }, rest, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw Failures.FileNotRead(root, failed, root);
        }

        if (isQuiet) await writer.WriteObjectAsync(_passes, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A folder that the backup does not have at all.</summary>
    private async Task RunAsync(ImapFolder folder, ServerCheck server, CancellationToken cancellationToken)
    {
        IReadOnlyList<ImapBackupProblem> problems;
        try
        {
            problems = await server.CheckAsync(folder, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException)
        {
            _passes = false;
            throw;
        }

        if (problems.Count == 0) return;

        await EmitAsync(new ImapBackupTest { Folder = folder.Path }, problems, cancellationToken).ConfigureAwait(false);
    }

    private async Task RunAsync(BackupFolder folder, BackupCheck check, ServerCheck? server, CancellationToken cancellationToken)
    {
        string activity = $"Testing {DisplayText.Printable(folder.Path)}";
        List<ImapBackupProblem> problems = [.. check.Check(
            folder,
            octets =>
            {
                _meter.Received((int)Math.Min(int.MaxValue, octets));
                _meter.Finished();
                writer.Progress(activity, () => _meter.Status, _meter.Count, folder.Entries.Count);
            },
            cancellationToken)];
        if (!folder.IsComplete)
        {
            problems.Add(new ImapBackupProblem(ImapBackupProblemKind.Incomplete,
                "No backup of the folder was ever complete. Run Backup-ImapFolder again."));
        }

        if (server is not null)
        {
            try
            {
                problems.AddRange(await server.CheckAsync(folder, cancellationToken).ConfigureAwait(false));
            }
            catch (ImapException)
            {
                // What could not be compared has not passed.
                _passes = false;
                throw;
            }
        }

        await EmitAsync(
            new ImapBackupTest
            {
                Folder = folder.Path,
                Count = folder.Entries.Count,
                Bytes = folder.Entries.Sum(entry => entry.Size),
                Directory = BackupPaths.Directory(root, folder),
                LastComplete = folder.State?.Time,
            },
            problems,
            cancellationToken).ConfigureAwait(false);
    }

    private async Task EmitAsync(ImapBackupTest found, IReadOnlyList<ImapBackupProblem> problems, CancellationToken cancellationToken)
    {
        _passes &= problems.Count == 0;
        if (!isQuiet) await writer.WriteObjectAsync(found.With(problems), cancellationToken).ConfigureAwait(false);
    }
}
