using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Filters;

/// <summary>
/// Comparisons of Keywords. The server takes upper and lower case for the same (RFC 9051, 2.3.2), as PowerShell does unless told otherwise.
/// </summary>
internal static class KeywordComparison
{
    public static SearchTerm? Compare(Operation operation, object? with, bool isExact)
    {
        if (with is not string keyword || !Keywords.IsKeyword(keyword)) return null;

        var isSet = new KeywordTerm(keyword, IsSet: true);
        return operation switch
        {
            // $_.Keywords -eq 'x' leaves those that are equal.
            Operation.Contains or Operation.Equal => isExact ? new ImpliedTerm(isSet) : isSet,
            Operation.NotContains => isExact ? null : isSet.Negate(),
            _ => null,
        };
    }
}
