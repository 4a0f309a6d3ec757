using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Help.Model;

/// <summary>A parameter of a cmdlet, its own or inherited, and how each parameter set uses it.</summary>
internal sealed record ParameterHelp(
    string Name,
    string DeclaredOn,
    string Type,
    bool IsSwitch,
    bool IsArray,
    Prose Summary,
    Prose Remarks,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<MemberHelp> Values,
    string? Default,
    bool Wildcards,
    IReadOnlyList<ParameterUse> Uses)
{
    /// <summary>PowerShell adds it (-WhatIf, -Confirm, paging): it is shown after the cmdlet's own.</summary>
    public bool IsCommon { get; init; }

    /// <summary>The default as platyPS writes it: a switch is off, and what is not known is 'None'.</summary>
    public string DefaultText => Default ?? (IsSwitch ? "False" : "None");

    public ParameterUse? UseIn(string set) =>
        Uses.FirstOrDefault(use => use.IsIn(set)) ?? Uses.FirstOrDefault(use => use.IsInAllSets);

    public Prose Description => Summary.Then(Remarks);
}
