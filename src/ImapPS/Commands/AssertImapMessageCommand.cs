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
/// It is silent when the assertion holds; with -PassThru it emits the messages. Otherwise the error is AssertionFailed, which ends the
/// call, so that a test runner sees a failed test. Its message says how many messages came, and for the closest few which criteria they do
/// not meet; or names some of those that are too many.
///
/// With no number, at least one message must be there. By default it looks once. With -TimeoutSeconds it waits: what must at least be there
/// may come until the time is up, and the assertion holds as soon as it is there; what must not be there must not come until the time is
/// up, so -None, -AtMost and -Count take the whole time, and fail at once when there are too many.
///
/// The criteria are those of Get-ImapMessage; -Attachment and -Link look further. -After draws a line, as it does for Wait-ImapMessage.
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, AssertionFailed, FilterInvalid, SearchCharsetUnsupported,
/// ArgumentInvalid, AuthenticationFailed, PermissionDenied, CommandRejected, ConnectionFailed, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
///   <title>No error mail</title>
///   <code>
///     $mark = Get-ImapFolder INBOX
///     Assert-ImapMessage INBOX -After $mark -Subject '*error*' -None -TimeoutSeconds 5
///   </code>
///   <para>Takes five seconds, and fails the moment that such a message comes.</para>
/// </example>
/// <example>
///   <title>One receipt, with its invoice</title>
///   <code>Assert-ImapMessage -From billing@app.example -Attachment 'invoice-*.pdf' -Link '*app.example/receipts/*' -Count 1 -PassThru |
///     Save-ImapAttachment ./artifacts</code>
///   <para>Exactly one message must be there; it is passed on.</para>
/// </example>
/// <example>
///   <title>At least two by then</title>
///   <code>Assert-ImapMessage Lists/dev -Subject digest -AtLeast 2 -TimeoutSeconds 30</code>
///   <para>Holds as soon as there are two.</para>
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
        if (expectation.IsMet(matched.Count))
        {
            foreach (ImapMessage message in PassThru ? matched : [])
            {
                await writer.WriteObjectAsync(message, cancellationToken).ConfigureAwait(false);
            }

            return;
        }

        string report = expectation.IsExceeded(matched.Count)
            ? MatchReport.List([.. matched, .. wait.Surplus], wait.Found, wait.IsCut)
            : await ReportAsync(wait, session, target, writer, cancellationToken).ConfigureAwait(false);
        throw Failures.AssertionFailed(target.Folder.Path, expectation.ToString(), wait.Found, wait.IsCut, TimeoutSeconds, report);
    }
}
