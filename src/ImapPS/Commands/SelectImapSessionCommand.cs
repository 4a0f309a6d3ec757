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
/// Each runspace has a current session of its own: choosing one at the prompt changes nothing for a running job, nor the other
/// way round. When the current session is closed, by whomever, the one that was chosen before it becomes current.
/// </para>
/// </remarks>
/// <notes>
/// Errors: SessionNotFound.
/// </notes>
/// <example>
/// <code>Select-ImapSession alice@mail.example.org</code>
/// <para>Makes the session of that name current.</para>
/// </example>
/// <example>
/// <code>Get-ImapSession robot | Select-ImapSession -PassThru</code>
/// <para>Makes a session current and shows it.</para>
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
            ImapSession session = SessionStore.Find(Session!).Handle;
            CurrentSession.Choose(session);
            if (PassThru) WriteObject(session);
        }
        catch (ImapException unknown)
        {
            // The commands that follow would run in another mailbox.
            Throw(unknown);
        }
    }
}
