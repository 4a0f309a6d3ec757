using System;
using System.Globalization;

namespace ImapPS.Help.Model;

/// <summary>One [Parameter] attribute: what a parameter is in one parameter set, or in all of them.</summary>
internal sealed record ParameterUse(string Set, bool Mandatory, int? Position, bool ByValue, bool ByPropertyName, bool Remaining)
{
    public const string AllSets = "__AllParameterSets";

    public bool IsInAllSets => IsIn(AllSets);

    /// <summary>The position as help spells it.</summary>
    public string PositionText => Position?.ToString(CultureInfo.InvariantCulture) ?? "named";

    /// <summary>The pipeline binding as help spells it.</summary>
    public string PipelineText => (ByValue, ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    public bool IsIn(string set) => string.Equals(Set, set, StringComparison.OrdinalIgnoreCase);
}
