using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Makes a session the current session.</summary>
/// <remarks>
/// <para>
/// Each runspace has its own current session. A change at the prompt does not affect a running job, and a change in a job does not affect
/// the prompt. When the current session is closed, the session that was selected before it becomes current.
/// </para>
/// <para>
/// If the session is not found, there is no current session until another one is opened or selected. The commands that follow in a script
/// therefore never run in the mailbox before.
/// </para>
/// </remarks>
/// <notes>
/// Errors: SessionNotFound.
/// </notes>
/// <example>
/// <code>Select-ImapSession alice@mail.example.org</code>
/// <para>Makes the session with this name the current session.</para>
/// </example>
/// <example>
/// <code>Get-ImapSession robot | Select-ImapSession -PassThru</code>
/// <para>Makes a session the current session, and returns it.</para>
/// </example>
[Cmdlet(VerbsCommon.Select, "ImapSession", HelpUri = HelpPages.Reference + "Select-ImapSession.md")]
[OutputType(typeof(ImapSession))]
public sealed class SelectImapSessionCommand : ImapCmdlet
{
    /// <summary>Specifies the session: the object, its id or its name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [Alias("SessionId", "Id", "Name")]
    [SessionTransformation(SessionsOnly = true)]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public SessionReference? Session { get; set; }

    /// <summary>Indicates that the cmdlet returns the session.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            CurrentSession.Leave(this);
            ImapSession session = SessionStore.Find(Session!).Handle;
            CurrentSession.Choose(session, this);
            if (PassThru) WriteObject(session);
        }
        catch (ImapException unknown)
        {
            // The commands that follow would run in another mailbox.
            Throw(unknown);
        }
    }
}
