namespace ImapPS.Administration;

/// <summary>What a server tells of one resource of a quota root, in the numbers of the line.</summary>
internal sealed record QuotaUse(string Root, string Resource, long Usage, long Limit);
