using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Waiting;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Waits for messages that meet criteria, and returns each as soon as it arrives.</summary>
/// <remarks>
/// <para>
/// Without -After, messages that are already in the folder match as well. Get the folder object before the action that sends the mail, and
/// give it to -After. The wait then finds the message, no matter if it arrives before the wait begins or during it. No clock is used.
/// </para>
/// <para>
/// The criteria and the way they match are those of Get-ImapMessage. -Attachment and -Link are additional criteria. Messages are returned
/// oldest first. The wait ends after -Count messages.
/// </para>
/// <para>
/// The wait uses its own connection and listens with IDLE (RFC 2177). If the server does not support IDLE, the cmdlet asks it every 2
/// seconds. If the connection breaks, it is opened again. If the server no longer answers, the cmdlet notices this within the session's
/// -TimeoutSeconds. No message that arrives in between is missed.
/// </para>
/// <para>
/// If the time is over, the error is WaitTimeout, which ends the call. The error message says how many messages arrived. For the closest
/// messages it says which criteria they do not meet.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, WaitTimeout, FilterInvalid, SearchCharsetUnsupported,
/// ArgumentInvalid, AuthenticationFailed, PermissionDenied, CommandRejected, ConnectionFailed, ServerBusy, ConnectionLost, Timeout,
/// ProtocolError.
/// </notes>
/// <example>
///   <title>What an application mailed</title>
///   <code>
///     $user = @{ mail = 'test-1@example.org' }
///     $mark = Get-ImapFolder INBOX
///     Invoke-RestMethod https://app.example/signup -Method Post -Body $user
///     $mail = Wait-ImapMessage INBOX -After $mark -To $user.mail -Subject '*Confirm*' -TimeoutSeconds 60
///     ($mail | Get-ImapMessageContent).Codes
///   </code>
///   <para>Waits for the one message that the request causes, and reads the code in it.</para>
/// </example>
/// <example>
///   <title>Ten reports</title>
///   <code>Wait-ImapMessage Reports -Since (Get-Date).Date -Attachment *.csv -Count 10 -TimeoutSeconds 3600 |
///     Save-ImapAttachment ./reports</code>
///   <para>Saves each report as it arrives, and ends after the tenth.</para>
/// </example>
/// <example>
///   <title>Any filter</title>
///   <code>
///     $id = 4711
///     Wait-ImapMessage -Filter { $_.Subject -match '^Order \d+$' -and $_.To -like "*+$id@*" }
///   </code>
///   <para>The script block is the same as for Where-Object.</para>
/// </example>
/// <seealso cref="AssertImapMessageCommand"/>
/// <seealso cref="GetImapMessageCommand"/>
/// <seealso cref="GetImapMessageContentCommand"/>
[Cmdlet(VerbsLifecycle.Wait, "ImapMessage", HelpUri = HelpPages.Reference + "Wait-ImapMessage.md")]
[OutputType(typeof(ImapMessage))]
public sealed class WaitImapMessageCommand : MessageWaitCmdlet
{
    /// <summary>Specifies how many messages to wait for.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [PSDefaultValue(Value = 1)]
    public int Count { get; set; } = 1;

    /// <summary>Specifies how long to wait, in seconds. With 0 the cmdlet looks once.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [PSDefaultValue(Value = 60)]
    public int TimeoutSeconds { get; set; } = 60;

    private protected override TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    private protected override async Task WaitAsync(SessionConnection session, WaitTarget target, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        int matched = 0;
        var wait = new MessageWait(session, target, writer)
        {
            Take = async message =>
            {
                await writer.WriteObjectAsync(message, cancellationToken).ConfigureAwait(false);
                return ++matched == Count;
            },
            IsEnough = () => false,
            Wanted = Models.DisplayText.Count(Count, "message"),
        };
        await wait.RunAsync(Timeout, Poll, cancellationToken).ConfigureAwait(false);
        if (matched == Count) return;

        string? report = await ReportAsync(wait, session, target, writer, cancellationToken).ConfigureAwait(false);
        if (report is not null) throw Failures.WaitTimeout(target.Folder.Path, matched, Count, TimeoutSeconds, report);
    }
}
