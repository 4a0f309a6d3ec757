namespace ImapPS.Transfers;

/// <summary>Where a message is. Neither a UID nor nowhere: that cannot be told.</summary>
internal sealed record ArrivalPlace(uint? Uid, bool IsNowhere)
{
    public static readonly ArrivalPlace Nowhere = new(null, IsNowhere: true);
    public static readonly ArrivalPlace Unclear = new(null, IsNowhere: false);
}
