using System.Collections.Generic;
using System.Linq;
using ImapPS.Administration;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>Completes the names of rights to folders, and tells their letters.</summary>
public sealed class RightsCompleter : CandidateCompleter
{
    /// <summary>The names: those of several rights first.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(ImapFolderRights).GetEnumNames()
            .OrderByDescending(name => RightLetters.Of(RightsText.Read(name) ?? ImapFolderRights.None).Length > 1),
    ];

    private protected override IEnumerable<(string Name, string ToolTip)> Candidates(CompletionRequest request) =>
        Names.Select(name => (name, Letters(name)));

    private static string Letters(string name) =>
        RightsText.Read(name) is { } rights and not ImapFolderRights.None ? RightLetters.Of(rights) : "no right";
}
