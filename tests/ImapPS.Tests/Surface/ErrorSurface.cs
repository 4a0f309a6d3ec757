using ImapPS.Errors;

namespace ImapPS.Tests.Surface;

/// <summary>What a script can catch, as text: each error id with its category, and whether the whole call ends.</summary>
internal static class ErrorSurface
{
    private const string Head =
        """
        Each error id, with which FullyQualifiedErrorId begins; its category; and what ends: the command, or what was done with one item.


        """;

    public static string Text => Head + string.Concat(
        from id in Enum.GetValues<ImapErrorId>()
        orderby id.ToString()
        let error = new ImapException(id, string.Empty, string.Empty)
        select $"{id}; {ErrorTable.ToRecord(error).CategoryInfo.Category}; {(ErrorTable.EndsCall(error) ? "command" : "item")}\n");
}
