using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Mailbox;

namespace ImapPS.Folders;

/// <summary>What a folder of one server is called at another, which may have another delimiter, and a prefix.</summary>
internal static class PathTranslation
{
    public static async Task<string> OfAsync(string path, MailboxAccess from, MailboxAccess to, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> parts = await from
            .RunAsync((client, _) => Task.FromResult(FolderNames.Parts(client, path)), cancellationToken).ConfigureAwait(false);
        return await to.RunAsync((client, _) => Task.FromResult(FolderNames.PathOf(client, parts)), cancellationToken)
            .ConfigureAwait(false);
    }
}
