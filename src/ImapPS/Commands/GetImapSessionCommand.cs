using System;
using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Gets the open sessions of this process.</summary>
/// <remarks>
/// <para>
/// The cmdlet also returns sessions of other runspaces, such as those of ForEach-Object -Parallel. IsDefault is true for the current
/// session of this runspace.
/// </para>
/// </remarks>
/// <notes>
/// Errors: SessionNotFound, for an id or a name without wildcards. A name with wildcards that matches nothing is not an error.
/// </notes>
/// <example>
/// <code>Get-ImapSession</code>
/// <para>Gets all open sessions.</para>
/// </example>
/// <example>
/// <code>Get-ImapSession *@mail.example.org | Where-Object State -eq Broken</code>
/// <para>Gets the sessions on one server whose connection is lost. Their next command connects again.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ImapSession", HelpUri = HelpPages.Reference + "Get-ImapSession.md")]
[OutputType(typeof(ImapSession))]
public sealed class GetImapSessionCommand : ImapCmdlet
{
    /// <summary>Specifies the session: its name, which may contain wildcards, its id, or the object. The default is all sessions.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [Alias("Name", "Id", "SessionId")]
    [SessionTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public SessionReference[] Session { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Session.Length == 0) Write(SessionStore.All);

        foreach (SessionReference reference in Session)
        {
            if (reference.Name is { } name)
            {
                Predicate<string> isWanted = Wildcard.Path(name);
                var matching = new List<SessionConnection>();
                foreach (SessionConnection session in SessionStore.All)
                {
                    if (isWanted(session.Handle.Name)) matching.Add(session);
                }

                Write(matching);
                if (matching.Count > 0 || WildcardPattern.ContainsWildcardCharacters(name)) continue;
            }

            WriteOne(reference);
        }
    }

    private void Write(IEnumerable<SessionConnection> sessions)
    {
        foreach (SessionConnection session in sessions) WriteObject(session.Handle);
    }

    private void WriteOne(SessionReference reference)
    {
        try
        {
            WriteObject(SessionStore.Find(reference).Handle);
        }
        catch (ImapException unknown)
        {
            WriteError(unknown);
        }
    }
}
