using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Connecting;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Connects to an IMAP server, runs a script block, and disconnects, whatever happens.</summary>
/// <remarks>
/// <para>
/// The cmdlet opens a session as Connect-Imap does, with the same parameters. While the script block runs, the session is the current one
/// of the runspace, and the first argument of the block. Afterwards it is closed: also if the block throws, if Ctrl+C is pressed, or if
/// a command such as Select-Object -First needs no more output. The session that was current before is current again.
/// </para>
/// <para>
/// If the connection or the login fails, the block does not run. Nothing that it would do can happen in another mailbox.
/// </para>
/// <para>
/// The block runs in the scope of the caller, as the block of ForEach-Object does: it can read and set the caller's variables. What it
/// writes is written at once. Commands that stand after the cmdlet in a pipeline run while the block does, and so in its session.
/// </para>
/// <para>
/// -WhatIf and -Confirm hold for all that the block calls. The session is opened even so.
/// </para>
/// <para>
/// With ForEach-Object -Parallel, several accounts are worked on at a time. If the server takes no more connections, the cmdlet waits until
/// the process has closed one, or tries again as often as -RetryCount specifies.
/// </para>
/// </remarks>
/// <notes>
/// Errors: those of Connect-Imap, and those of the script block.
/// </notes>
/// <example>
/// <code>Use-ImapSession mail.example.org { Get-ImapMessage -Unread } -Credential alice</code>
/// <para>Asks for alice's password, gets the unread messages, and disconnects.</para>
/// </example>
/// <example>
/// <code>$credential = Get-Credential master
/// Import-Csv ./accounts.csv | ForEach-Object {
///     Use-ImapSession mail.example.org -Credential $credential -AuthorizationId $_.User {
///         Get-ImapMessage Trash -OlderThan 30 | Remove-ImapMessage -Permanent -Force
///     }
/// }</code>
/// <para>Empties the trash of many accounts as a master user. An account that cannot be opened is an error, and the others are done.</para>
/// </example>
/// <seealso cref="ConnectImapCommand"/>
/// <seealso cref="DisconnectImapCommand"/>
[Cmdlet(VerbsOther.Use, "ImapSession", DefaultParameterSetName = PasswordSet, SupportsShouldProcess = true,
    HelpUri = HelpPages.Reference + "Use-ImapSession.md")]
[OutputType(typeof(object))]
public sealed class UseImapSessionCommand : OpeningCmdlet
{
    /// <summary>Runs the block with its argument, in the scope that the cmdlet was called in.</summary>
    private const string Call = "param($block, $session) . $block $session";

    /// <summary>The same in a scope below, in which -WhatIf and -Confirm hold for all that the block calls.</summary>
    private const string CallWith =
        "param($block, $session, $whatIf, $confirm) & { if ($null -ne $args[2]) { $WhatIfPreference = $args[2] }; "
        + "if ($null -ne $args[3]) { $ConfirmPreference = $args[3] }; . $args[0] $args[1] } $block $session $whatIf $confirm";

    /// <summary>
    /// Specifies the script block to run. Its first argument is the session. With -OAuth and without -Server, use the parameter's name.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public ScriptBlock ScriptBlock { get; set; } = ScriptBlock.Create(string.Empty);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        IReadOnlyList<int> before = CurrentSession.Remember(this);
        SessionConnection session = OrThrow(Open);
        try
        {
            RunBlock(session.Handle);
        }
        finally
        {
            CurrentSession.Restore(before, this);
            Close(session);
        }
    }

    private void RunBlock(ImapSession session)
    {
        bool? whatIf = Switch("WhatIf");
        ConfirmImpact? confirm = Switch("Confirm") is { } asks ? (asks ? ConfirmImpact.Low : ConfirmImpact.None) : null;
        using SteppablePipeline pipeline = ScriptBlock.Create(whatIf is null && confirm is null ? Call : CallWith)
            .GetSteppablePipeline(CommandOrigin.Internal, [ScriptBlock, session, whatIf, confirm]);
        pipeline.Begin(this);
        pipeline.Process();
        pipeline.End();
    }

    private bool? Switch(string name) =>
        MyInvocation.BoundParameters.TryGetValue(name, out object? given) ? (bool)(SwitchParameter)given : null;

    private void Close(SessionConnection session)
    {
        SessionStore.Remove(session);
        try
        {
            session.Notices.Tell(WriteWarning);
            Run((_, cancellationToken) => session.CloseAsync(cancellationToken));
        }
        finally
        {
            session.Dispose();
        }
    }
}
