using System.Collections.Generic;
using System.Linq;
using ImapPS.Folders;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>Completes the paths of folders, from the server.</summary>
public sealed class FolderCompleter : CandidateCompleter
{
    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request) =>
        request.Session is not { } session
            ? []
            : session.Memory.Folders
                .Get(() => FolderReader.TryListPathsAsync(session), Patience)
                .Select(folder => (folder.Path, folder.Role == ImapSpecialUse.None ? folder.Path : $"{folder.Path} ({folder.Role})"));
}
