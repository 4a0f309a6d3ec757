using System.Collections.Generic;
using System.Reflection;
using ImapPS.Help.Model;

namespace ImapPS.Help.Reading;

/// <summary>The parameters that PowerShell adds to a cmdlet that asks for them; Get-Help itself adds those that every cmdlet has.</summary>
internal static class CommonParameters
{
    public static IEnumerable<ParameterHelp> Of(CustomAttributeData cmdlet)
    {
        if (cmdlet.Get("SupportsPaging", otherwise: false))
        {
            yield return Common(
                "IncludeTotalCount", "SwitchParameter", "Puts the total number of objects before the objects, if the cmdlet can tell it.");
            yield return Common("Skip", "UInt64", "Leaves out this many objects, then emits the rest.");
            yield return Common("First", "UInt64", "Emits no more than this many objects.");
        }

        if (cmdlet.Get("SupportsShouldProcess", otherwise: false))
        {
            yield return Common("WhatIf", "SwitchParameter", "Says what the cmdlet would do, and does not do it.", "wi");
            yield return Common("Confirm", "SwitchParameter", "Asks before each change.", "cf");
        }
    }

    private static ParameterHelp Common(string name, string type, string description, params string[] aliases) => new(
        name,
        DeclaredOn: "PowerShell",
        type,
        IsSwitch: type is "SwitchParameter",
        IsArray: false,
        Prose.Of(description),
        Prose.Empty,
        aliases,
        Values: [],
        Default: null,
        Wildcards: false,
        [new ParameterUse(ParameterUse.AllSets, Mandatory: false, Position: null, ByValue: false, ByPropertyName: false, Remaining: false)])
    {
        IsCommon = true,
    };
}
