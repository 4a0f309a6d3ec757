using System;

namespace ImapPS.Pipeline.Backups;

/// <summary>How a backup is restored.</summary>
/// <param name="Root">The directory.</param>
/// <param name="IsWanted">Whether a folder is restored, by its path in the backup.</param>
/// <param name="IncludeDeleted">Whether messages are restored that were deleted on the server.</param>
/// <param name="IsSilent">Whether nobody is to be asked.</param>
internal sealed record RestoreOptions(string Root, Predicate<string> IsWanted, bool IncludeDeleted, bool IsSilent);
