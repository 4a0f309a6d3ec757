using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Search;
using ImapPS.Sessions;
using MailKit;

namespace ImapPS.Reading;

/// <summary>Finds out, once a session and when it matters, how far the answers of a server to a SEARCH can be trusted.</summary>
/// <param name="session">What remembers it.</param>
/// <param name="folder">The folder that is to be searched.</param>
/// <param name="lost">Told of a probe over which the connection broke.</param>
internal sealed class SearchProbes(SessionConnection session, IMailFolder folder, LostSearch lost)
{
    /// <summary>Tries what a search is about to rely on.</summary>
    /// <returns>What the server can be asked now.</returns>
    public async Task<ServerAbilities> RunAsync(MessageCriteria asked, ServerAbilities server, Func<ServerAbilities> abilities,
        CancellationToken abort)
    {
        if (asked.IsBeyond || folder.Count == 0) return server;

        if (server is { WordsOnly: false, Limits.Subjects: null } && asked.AsksForPieces(server))
        {
            await ProbeAsync(PieceProbe.RunAsync, MessageCriteria.PieceKeys, abort).ConfigureAwait(false);
            server = abilities();

            // Where no message could show it, no wildcard narrows.
            server = server with { WordsOnly = server.WordsOnly || server.Limits.Subjects is null };
        }

        // What has come last is a few messages, whatever their size.
        if (server.Limits.MeasuresAsShown is null && folder.Count >= SizeProbe.LeastMessages && !asked.IsOpenEnded
            && asked.AsksForSizes(server))
        {
            await ProbeAsync(SizeProbe.RunAsync, MessageCriteria.SizeKeys, abort).ConfigureAwait(false);
            server = abilities() with { WordsOnly = server.WordsOnly };
        }

        return server;
    }

    private async Task ProbeAsync(Func<IMailFolder, SearchLimits, CancellationToken, Task<SearchLimits>> probe,
        IReadOnlyCollection<string> keys, CancellationToken abort)
    {
        try
        {
            session.Memory.Limits = await probe(folder, session.Memory.Limits, abort).ConfigureAwait(false);
        }
        catch (Exception gone) when (Translation.ConnectionIsGone(gone) && !abort.IsCancellationRequested)
        {
            lost.Note(keys, Translation.IsLate(gone));
            throw;
        }

        session.ListenForSearches();
    }
}
