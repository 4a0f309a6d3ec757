using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Completion;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Pipeline;

/// <summary>A cmdlet that works in a session.</summary>
public abstract class SessionCmdlet : ImapCmdlet
{
    /// <summary>The session to use: the object, its id or its name. The default is the session that a piped object came from, else the current one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("SessionId")]
    [SessionTransformation]
    [ArgumentCompleter(typeof(SessionCompleter))]
    public SessionReference? Session { get; set; }

    /// <summary>The session that -Session names, or an object came from, or else the current one.</summary>
    private protected SessionConnection Resolve(int? cameFrom = null)
    {
        SessionReference? reference = Session ?? (cameFrom is { } id ? new SessionReference(id) : null);
        if (reference is not null) return SessionStore.Find(reference);

        return CurrentSession.Id is { } current ? SessionStore.Find(new SessionReference(current)) : throw Failures.NoSession();
    }

    /// <summary>Resolves the session, ending the cmdlet when there is none.</summary>
    private protected SessionConnection ResolveOrThrow(int? cameFrom = null)
    {
        try
        {
            return Resolve(cameFrom);
        }
        catch (ImapException missing)
        {
            Throw(missing);
            throw;
        }
    }

    /// <summary>Runs work for one item: an error that is about the item is written, and the pipeline goes on.</summary>
    private protected static async Task ForItemAsync(PipelineWriter writer, object? target, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (ImapException failed) when (!ErrorTable.EndsCall(failed))
        {
            await writer.WriteErrorAsync(failed, cancellationToken, target).ConfigureAwait(false);
        }
    }

    /// <summary>The paths that a folder parameter means: itself, or what its wildcards match; none for a folder that holds folders only.</summary>
    private protected static async Task<IReadOnlyList<string>> ExpandAsync(FolderPath folder, MailboxAccess mailbox, CancellationToken cancellationToken)
    {
        // Get-ImapFolder | Get-ImapMessage goes over all that can hold messages.
        if (!folder.Selectable) return [];

        if (folder.IsLiteral || !WildcardPattern.ContainsWildcardCharacters(folder.Path)) return [folder.Path];

        Predicate<string> isWanted = Wildcard.Path(folder.Path);
        var paths = new List<string>();
        foreach (ImapFolder listed in await new FolderReader(mailbox).ListAsync(isWanted, subscribedOnly: false, status: false, cancellationToken).ConfigureAwait(false))
        {
            if (listed.Selectable) paths.Add(listed.Path);
        }

        return paths;
    }
}
