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
/// What is in the folder already and matches counts, unless -After draws a line. Take the folder object before you do what sends the
/// mail, and give it to -After: then it does not matter whether the message comes before the wait begins, or during it, and
/// no clock is trusted.
///
/// The criteria are those of Get-ImapMessage, and messages are found exactly as it finds them; -Attachment and -Link look further. Messages
/// are emitted oldest first, and when -Count of them have been, the wait is over.
///
/// The wait has a connection of its own, which listens with IDLE (RFC 2177); where the server lacks it, it asks every 2 seconds. A
/// connection that breaks is opened again, and one on which the server no longer answers is found out within the session's -TimeoutSeconds;
/// nothing that came in between is missed.
///
/// When the time is up the error is WaitTimeout, which ends the call. Its message says how many messages came, and for the closest few
/// which criteria they do not meet.
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, WaitTimeout, FilterInvalid, SearchCharsetUnsupported,
/// ArgumentInvalid, AuthenticationFailed, PermissionDenied, CommandRejected, ConnectionFailed, ConnectionLost, Timeout, ProtocolError.
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
///   <para>Waits for the one message that the request leads to, and reads the code in it.</para>
/// </example>
/// <example>
///   <title>Ten reports</title>
///   <code>Wait-ImapMessage Reports -Since (Get-Date).Date -Attachment *.csv -Count 10 -TimeoutSeconds 3600 |
///     Save-ImapAttachment ./reports</code>
///   <para>Saves each report as it comes, and ends with the tenth.</para>
/// </example>
/// <example>
///   <title>Any filter</title>
///   <code>
///     $id = 4711
///     Wait-ImapMessage -Filter { $_.Subject -match '^Order \d+$' -and $_.To -like "*+$id@*" }
///   </code>
///   <para>The script block is the one that one would give Where-Object.</para>
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

        string report = await ReportAsync(wait, session, target, writer, cancellationToken).ConfigureAwait(false);
        throw Failures.WaitTimeout(target.Folder.Path, matched, Count, TimeoutSeconds, report);
    }
}
