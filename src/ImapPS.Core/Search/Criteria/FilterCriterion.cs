using ImapPS.Models;

namespace ImapPS.Search;

/// <summary>
/// A filter of the caller's own: the server narrows by what it can answer of it, and PowerShell runs it on what comes back.
/// </summary>
internal sealed record FilterCriterion(string Parameter, SearchTerm Known) : Criterion(Parameter)
{
    public override SearchTerm SearchTerm => Known;

    public override bool CanChange => true;

    public override string Unmet(ImapMessage message) => $"{Parameter} is false";
}
