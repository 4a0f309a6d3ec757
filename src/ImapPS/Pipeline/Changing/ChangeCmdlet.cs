using System.Management.Automation;
using ImapPS.Errors;
using ImapPS.Files;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Files;

namespace ImapPS.Pipeline.Changing;

/// <summary>A cmdlet that changes messages, however they are named: it keeps account of what it changes, and has a limit.</summary>
public abstract class ChangeCmdlet : ConsentCmdlet
{
    /// <summary>
    /// Specifies the highest number of messages to change, in all folders together. If there are more, no message is touched, and the error
    /// is LimitExceeded. The cmdlet therefore finds all messages before it changes the first.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxMessages { get; set; }

    /// <summary>
    /// Indicates that the cmdlet returns the messages as they are after the change. Clear-ImapFolder returns the folders.
    /// </summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>
    /// Indicates that the cmdlet returns one summary object at the end. It says how many messages were changed, their size and age, and the
    /// numbers of batches and errors. Under -WhatIf nothing is counted. With -PassThru the summary comes last. Cmdlets that take messages
    /// or folders from the pipeline ignore it.
    /// </summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    /// <summary>
    /// Specifies a file to which the cmdlet writes a line of JSON for each message that it changes. The line says where the message was and
    /// where it is now, its flags before and after, and the file that it was imported from. The file is created if it is missing. New lines
    /// are added at its end. The lines are on the disk before the next batch begins. To undo a move, read the file with ConvertFrom-Json,
    /// and pipe the objects into Move-ImapMessage.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? JournalPath { get; set; }

    /// <summary>The account of what is changed, once it was begun.</summary>
    private protected ChangeReport Report { get; private set; } = new(string.Empty, journal: null, summarizes: false);

    private protected override bool KeepsUntold => true;

    /// <summary>Begins to keep account of what is changed. A journal that cannot be opened ends the cmdlet before that.</summary>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            string? path = JournalPath is null ? null : FilePaths.Literal(SessionState, JournalPath);
            if (path is not null && Consent.IsWhatIf) Journal.Check(path);
            Journal? journal = path is null || Consent.IsWhatIf ? null : new Journal(path);
            Report = new ChangeReport(MyInvocation.MyCommand.Name, journal, Summary);
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }
    }

    /// <summary>Closes the journal, and emits the summary if it is asked for.</summary>
    protected override void EndProcessing()
    {
        base.EndProcessing();
        Report.Dispose();
        if (Summary) WriteObject(Report.Summarize(LossCount, ErrorCount));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) Report.Dispose();
        base.Dispose(disposing);
    }
}
