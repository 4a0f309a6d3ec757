using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Logs out and closes sessions.</summary>
/// <remarks>
/// <para>
/// By default the cmdlet closes the current session. The open session that this runspace opened or selected last then becomes current.
/// -Verbose names it. Sessions of other runspaces do not become current by themselves.
/// </para>
/// <para>
/// Commands of other runspaces that read in the session, or wait, end at once with SessionNotFound. A change that is under way is let
/// finish. Ctrl+C closes the session all the same.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound.
/// </notes>
/// <example>
/// <code>Disconnect-Imap</code>
/// <para>Closes the current session.</para>
/// </example>
/// <example>
/// <code>Get-ImapSession | Disconnect-Imap</code>
/// <para>Closes every session.</para>
/// </example>
[Cmdlet(VerbsCommunications.Disconnect, "Imap", HelpUri = HelpPages.Reference + "Disconnect-Imap.md")]
[OutputType(typeof(void))]
public sealed class DisconnectImapCommand : ImapCmdlet
{
    /// <summary>Specifies the session to close: the object, its id or its name. The default is the current session.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("SessionId", "Id", "Name")]
    [SessionTransformation(SessionsOnly = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public SessionReference[] Session { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Session.Length == 0) Close(new SessionReference(OrThrow(() => CurrentSession.Of(this)).Handle.Id));

        foreach (SessionReference reference in Session) Close(reference);
    }

    private void Close(SessionReference reference)
    {
        try
        {
            SessionConnection session = SessionStore.Find(reference);
            bool wasCurrent = CurrentSession.Is(session.Handle);
            SessionStore.Remove(session);
            session.Notices.Tell(WriteWarning);
            Run((_, cancellationToken) => session.CloseAsync(cancellationToken));
            if (!wasCurrent || CurrentSession.Id is not { } next) return;

            WriteVerbose($"The current session is now '{SessionStore.Find(new SessionReference(next)).Handle.Name}' (id {next}).");
        }
        catch (ImapException unknown)
        {
            WriteError(unknown);
        }
    }
}
