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
                "IncludeTotalCount", "SwitchParameter", "Indicates that the total number of objects is returned first, if it is known.");
            yield return Common("Skip", "UInt64", "Specifies how many objects to skip. The objects after them are returned.");
            yield return Common("First", "UInt64", "Specifies the highest number of objects to return.");
        }

        if (cmdlet.Get("SupportsShouldProcess", otherwise: false))
        {
            yield return Common("WhatIf", "SwitchParameter", "Shows what the cmdlet would do. Nothing is changed.", "wi");
            yield return Common("Confirm", "SwitchParameter", "Asks you for confirmation before each change.", "cf");
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
