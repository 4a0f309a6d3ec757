using System;
using ImapPS.Models;
using ImapPS.Pipeline.Listing;

namespace ImapPS.Pipeline.Backups;

/// <summary>How a backup is made.</summary>
/// <param name="Root">The directory.</param>
/// <param name="Format">The format of the files; null for the one that the backup has.</param>
/// <param name="Mirror">Whether messages are marked that the server no longer has.</param>
/// <param name="KeepDeleted">For how long such messages are kept; null for ever.</param>
/// <param name="Parallel">Over how many connections messages are fetched.</param>
/// <param name="Wanted">Which messages are backed up; null for all.</param>
/// <param name="IsSilent">Whether nobody is to be asked.</param>
/// <param name="IsWhatIf">Whether nothing is done, and only told.</param>
internal sealed record BackupOptions(string Root, ImapMessageFormat? Format, bool Mirror, TimeSpan? KeepDeleted, int Parallel,
    WantedMessages? Wanted, bool IsSilent, bool IsWhatIf)
{
    public string Action => $"Back up to {Root}";
}
