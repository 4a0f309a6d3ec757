using System;
using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;
using ImapPS.Transfers;

namespace ImapPS.Pipeline.Files;

/// <summary>A cmdlet that saves something of messages to files.</summary>
public abstract class FileSaveCmdlet : MessageCmdlet
{
    /// <summary>Specifies where to save: a path of the file system. No character is a wildcard.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [Alias("LiteralPath")]
    public string Path { get; set; } = string.Empty;

    /// <summary>
    /// Indicates that a file that exists is an error (FileExists). What would be saved there is not downloaded. Without -NoClobber and
    /// without -Force the new file gets a number, as in "Report (2).eml".
    /// </summary>
    [Parameter]
    public SwitchParameter NoClobber { get; set; }

    /// <summary>Indicates that files that exist are overwritten. One call never overwrites the files that it has saved itself.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>
    /// Indicates that messages or attachments that an earlier run has saved are skipped, so you can run a job again. A message is skipped
    /// if the file with its name has its size, its time of receipt and its Message-ID. A message without Message-ID is downloaded and
    /// compared. An attachment is skipped if the file with its name has its time of receipt and a fitting size. Skipped files are not
    /// returned. Another file with that name remains, and the new file gets a number.
    /// </summary>
    [Parameter]
    public SwitchParameter SkipExisting { get; set; }

    /// <summary>Indicates that the cmdlet returns the saved files, as Get-Item does.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private long _skipped;

    /// <summary>What a file that exists means.</summary>
    private protected ExistingFile Existing => SkipExisting
        ? ExistingFile.Skip : Force ? ExistingFile.Overwrite
        : NoClobber ? ExistingFile.Refuse : ExistingFile.Number;

    /// <summary>The whole path, in the file system's own terms.</summary>
    private protected string FullPath { get; private set; } = string.Empty;

    private protected abstract TransferMeter Meter { get; }

    /// <summary>What is done, as -WhatIf and -Confirm say it.</summary>
    private protected virtual string Action => $"Save to {FullPath}";

    /// <summary>Prepares, once the path is known. What it throws ends the cmdlet.</summary>
    private protected abstract void Prepare();

    /// <summary>Saves of a batch what is wanted.</summary>
    private protected abstract Task<SaveResult> SaveAsync(MessageBatch batch, SessionConnection session,
        PipelineWriter writer, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            if (NoClobber && Force) throw Failures.Contradiction(nameof(NoClobber), nameof(Force));
            if (SkipExisting && Force) throw Failures.Contradiction(nameof(SkipExisting), nameof(Force));
            if (SkipExisting && NoClobber) throw Failures.Contradiction(nameof(SkipExisting), nameof(NoClobber));

            FullPath = FilePaths.Literal(SessionState, Path);
            Meter.KnowsTotal = !MyInvocation.ExpectingInput;
            Prepare();
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        if (Meter.Count > 0) WriteVerbose($"{Action}: {Meter.Status}.");
        if (_skipped > 0)
        {
            WriteVerbose($"{Action}: {DisplayText.Count(_skipped, "file")} skipped, because an earlier run has saved the same.");
        }
    }

    private protected override bool Admit(ImapMessage message, SessionConnection session) => Consent.IsSilent
        || Consent.IsWhatIf || ShouldProcess(MessageName.Of(message), Action);

    private protected sealed override void Send(MessageBatch batch, SessionConnection session)
    {
        if (Consent.IsWhatIf)
        {
            Intake.Try(batch, session, Action, (mailbox, cancellationToken) =>
                MessageTrial.LookAsync(batch, mailbox, tellsMissing: true, cancellationToken));
        }
        else Save(batch, session);
    }

    private void Save(MessageBatch batch, SessionConnection session) =>
        Run((writer, cancellationToken) => writer.ForItemAsync(
            target: null,
            async () =>
            {
                (string action, Func<string> status) = (Action, () => Meter.Status);
                Meter.Changed = () => writer.Progress(action, status, Meter.Bytes, Meter.TotalBytes, Meter.SecondsRemaining);
                await WriteAsync(await SaveAsync(batch, session, writer, cancellationToken).ConfigureAwait(false),
                    writer, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken));

    /// <summary>Tells of what was saved, and what was not.</summary>
    private async Task WriteAsync(SaveResult result, PipelineWriter writer, CancellationToken cancellationToken)
    {
        _skipped += result.Skipped;
        foreach (FileInfo file in PassThru ? result.Saved : []) await writer.WriteFileAsync(file, cancellationToken).ConfigureAwait(false);

        foreach (SaveError error in result.Errors)
        {
            await writer.WriteErrorAsync(error.Exception, cancellationToken, error.Message).ConfigureAwait(false);
        }

        if (result.Failure is { } failure) throw failure;
    }
}
