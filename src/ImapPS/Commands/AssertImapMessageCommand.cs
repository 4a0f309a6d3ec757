using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Listing;
using ImapPS.Pipeline.Waiting;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Asserts that messages are in a folder, or that none are.</summary>
/// <remarks>
/// <para>
/// If the assertion holds, the cmdlet returns nothing. With -PassThru it returns the messages. If the assertion does not hold, the error is
/// AssertionFailed. It ends the call, so a test runner reports a failed test.
/// </para>
/// <para>
/// The error message says how many messages arrived. For the closest messages it says which criteria they do not meet. If there are too
/// many messages, it names some of them.
/// </para>
/// <para>
/// By default the cmdlet expects at least one message, and looks once. With -TimeoutSeconds it waits. An assertion with a lowest number
/// holds as soon as enough messages are there. -None, -AtMost and -Count wait until the time is over, and fail as soon as there are too
/// many messages.
/// </para>
/// <para>
/// The criteria are those of Get-ImapMessage. -Attachment and -Link are additional criteria. -After excludes older messages, as in
/// Wait-ImapMessage.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, AssertionFailed, FilterInvalid, SearchCharsetUnsupported,
/// ArgumentInvalid, AuthenticationFailed, PermissionDenied, CommandRejected, ConnectionFailed, ServerBusy, ConnectionLost, Timeout,
/// ProtocolError.
/// </notes>
/// <example>
///   <title>No error mail</title>
///   <code>
///     $mark = Get-ImapFolder INBOX
///     Assert-ImapMessage INBOX -After $mark -Subject '*error*' -None -TimeoutSeconds 5
///   </code>
///   <para>Waits five seconds. The cmdlet fails as soon as such a message arrives.</para>
/// </example>
/// <example>
///   <title>One receipt, with its invoice</title>
///   <code>Assert-ImapMessage -From billing@app.example -Attachment 'invoice-*.pdf' -Link '*app.example/receipts/*' -Count 1 -PassThru |
///     Save-ImapAttachment ./artifacts</code>
///   <para>Asserts that there is exactly one such message, and passes it on.</para>
/// </example>
/// <example>
///   <title>At least two by then</title>
///   <code>Assert-ImapMessage Lists/dev -Subject digest -AtLeast 2 -TimeoutSeconds 30</code>
///   <para>Ends as soon as there are two such messages.</para>
/// </example>
/// <seealso cref="WaitImapMessageCommand"/>
/// <seealso cref="GetImapMessageCommand"/>
[Cmdlet(VerbsLifecycle.Assert, "ImapMessage", DefaultParameterSetName = "Range", HelpUri = HelpPages.Reference + "Assert-ImapMessage.md")]
[OutputType(typeof(ImapMessage))]
public sealed class AssertImapMessageCommand : MessageWaitCmdlet
{
    /// <summary>Specifies the exact number of messages.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Count")]
    [ValidateRange(0, int.MaxValue)]
    public int Count { get; set; }

    /// <summary>Specifies the lowest number of messages. The default is 1, or 0 with -AtMost.</summary>
    [Parameter(ParameterSetName = "Range")]
    [ValidateRange(0, int.MaxValue)]
    public int? AtLeast { get; set; }

    /// <summary>Specifies the highest number of messages.</summary>
    [Parameter(ParameterSetName = "Range")]
    [ValidateRange(0, int.MaxValue)]
    public int? AtMost { get; set; }

    /// <summary>Indicates that no message may match until the time of -TimeoutSeconds is over.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "None")]
    public SwitchParameter None { get; set; }

    /// <summary>Specifies how long to wait, in seconds. With 0 the cmdlet looks once.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    [PSDefaultValue(Value = 0)]
    public int TimeoutSeconds { get; set; }

    /// <summary>Indicates that the cmdlet returns the messages that match.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);

    private MessageExpectation Expectation => ParameterSetName switch
    {
        "Count" => new(Count, Count),
        "None" => None ? new(0, 0) : new(1, null),
        _ => new(AtLeast ?? (AtMost is null ? 1 : 0), AtMost),
    };

    private protected override async Task WaitAsync(SessionConnection session, WaitTarget target, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        MessageExpectation expectation = Expectation;
        List<ImapMessage> matched = [];
        var wait = new MessageWait(session, target, writer)
        {
            Take = message =>
            {
                matched.Add(message);
                return Task.FromResult(expectation.IsExceeded(matched.Count) || (!PassThru && expectation.IsSettled(matched.Count)));
            },
            IsEnough = () => expectation.IsSettled(matched.Count),
            Wanted = expectation.ToString(),
        };
        await wait.RunAsync(Timeout, Poll, cancellationToken).ConfigureAwait(false);
        string? why = expectation.IsMet(matched.Count) || expectation.IsExceeded(matched.Count) ? null
            : await ReportAsync(wait, session, target, writer, cancellationToken).ConfigureAwait(false);
        if (expectation.IsMet(matched.Count))
        {
            foreach (ImapMessage message in PassThru ? matched : [])
            {
                await writer.WriteObjectAsync(message, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        why ??= MatchReport.List([.. matched, .. wait.Surplus], wait.Found, wait.IsCut);
        throw Failures.AssertionFailed(target.Folder.Path, expectation.ToString(), wait.Found, wait.IsCut, TimeoutSeconds, why);
    }
}
