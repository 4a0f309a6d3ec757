using System.Collections.Generic;
using ImapPS.Administration;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Base;

/// <summary>Whether servers have metadata: each is looked at once, and one that has none is told once.</summary>
internal sealed class MetadataCheck(SessionCmdlet cmdlet)
{
    private readonly Dictionary<(SessionConnection Session, bool OfServer), bool> _known = [];

    /// <summary>Whether a server has metadata of folders, or of its own.</summary>
    public bool Passes(SessionConnection session, bool ofServer)
    {
        if (_known.TryGetValue((session, ofServer), out bool has)) return has;

        ImapException? missing = null;
        cmdlet.Run(async (writer, cancellationToken) =>
        {
            try
            {
                await new MetadataAccess(new MailboxAccess(session, writer)).RequireAsync(ofServer, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (ImapException none) when (none.Id == ImapErrorId.NotSupportedByServer)
            {
                missing = none;
            }
        });
        if (missing is not null) cmdlet.WriteError(missing);
        return _known[(session, ofServer)] = missing is null;
    }
}
