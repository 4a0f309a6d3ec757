using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline;
using ImapPS.Sessions;

namespace ImapPS.Completion;

/// <summary>Completes the paths of folders, from the server.</summary>
public sealed class FolderCompleter : IArgumentCompleter
{
    /// <summary>Tab must not hang: a server that is slower than this has nothing to offer.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters)
    {
        if (FindSession(fakeBoundParameters) is not { } session) return [];

        // On the pool: the prompt's thread may have a context that waits for this one.
        Task<IReadOnlyList<ImapFolder>> listing = Task.Run(() => ListAsync(session));
        return
        [
            .. listing.GetAwaiter().GetResult()
                .Where(folder => Candidate.StartsWith(folder.Path, wordToComplete))
                .Select(folder => Candidate.Of(folder.Path, folder.SpecialUse == ImapSpecialUse.None ? folder.Path : $"{folder.Path} ({folder.SpecialUse})")),
        ];
    }

    private static SessionConnection? FindSession(IDictionary bound)
    {
        try
        {
            SessionReference? reference = (bound?["ToSession"] ?? bound?["Session"]) is { } given
                ? new SessionTransformationAttribute().Transform(null!, given) as SessionReference
                : CurrentSession.Id is { } id ? new SessionReference(id) : null;
            return reference is null ? null : SessionStore.Find(reference);
        }
        catch (ImapException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<ImapFolder>> ListAsync(SessionConnection session)
    {
        using var patience = new CancellationTokenSource(_patience);
        using var writer = new PipelineWriter(new CmdletProgress(), patience.Token);
        try
        {
            return await new FolderReader(new MailboxAccess(session, writer))
                .ListAsync(_ => true, subscribedOnly: false, status: false, patience.Token)
                .ConfigureAwait(false);
        }
        catch (Exception silent) when (silent is ImapException or OperationCanceledException)
        {
            return [];
        }
    }
}
