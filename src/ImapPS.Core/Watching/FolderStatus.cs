using ImapPS.Mailbox;
using MailKit;

namespace ImapPS.Watching;

/// <summary>The figures by which a change in a folder shows.</summary>
internal sealed record FolderStatus(uint UidValidity, uint? UidNext, int Count, ulong HighestModSeq)
{
    /// <summary>What MailKit knows of a folder that was just opened or asked for its STATUS.</summary>
    public static FolderStatus Of(IMailFolder folder) => new(folder.UidValidity, UidSets.Next(folder), folder.Count, folder.HighestModSeq);

    /// <summary>What to ask for with STATUS.</summary>
    public static StatusItems Items(bool hasModSeqs) => StatusItems.UidValidity | StatusItems.UidNext | StatusItems.Count
        | (hasModSeqs ? StatusItems.HighestModSeq : StatusItems.None);
}
