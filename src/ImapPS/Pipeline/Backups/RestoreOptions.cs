using System.Collections.Generic;
using ImapPS.Models;

namespace ImapPS.Pipeline.Backups;

/// <summary>How a backup is restored.</summary>
/// <param name="Root">The directory.</param>
/// <param name="Asked">The folders, by their paths in the backup; none for all of them.</param>
/// <param name="IncludeDeleted">Whether messages are restored that were deleted on the server.</param>
/// <param name="IsSilent">Whether nobody is to be asked.</param>
internal sealed record RestoreOptions(string Root, IReadOnlyList<FolderPath> Asked, bool IncludeDeleted, bool IsSilent);
