namespace ImapPS.Administration;

/// <summary>Where a command works.</summary>
/// <param name="Path">The folder that is selected for it; empty for none.</param>
/// <param name="UidValidity">The UIDVALIDITY under which the folder was read; null if it was not.</param>
/// <param name="IsOfOther">Whether the folder was read from another session.</param>
/// <param name="IsReadOnly">Whether the folder is opened only for reading.</param>
internal sealed record CommandScope(string Path, uint? UidValidity = null, bool IsOfOther = false, bool IsReadOnly = false)
{
    /// <summary>No folder.</summary>
    public static CommandScope Account { get; } = new(string.Empty);
}
