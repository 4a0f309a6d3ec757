using System;
using System.Collections.Generic;
using System.Linq;

namespace ImapPS.Help.Model;

/// <summary>A cmdlet, as its class declares it and its doc comment explains it.</summary>
internal sealed record CmdletHelp(
    string Verb,
    string Noun,
    IReadOnlyList<string> Aliases,
    Prose Summary,
    Prose Remarks,
    Prose Notes,
    IReadOnlyList<ExampleHelp> Examples,
    IReadOnlyList<ParameterHelp> Parameters,
    IReadOnlyList<ParameterSetHelp> ParameterSets,
    IReadOnlyList<PipedType> Inputs,
    IReadOnlyList<PipedType> Outputs,
    IReadOnlyList<LinkHelp> Links)
{
    public string Name => $"{Verb}-{Noun}";

    /// <summary>The parameters as help lists them: by name, PowerShell's own last, hidden ones not at all.</summary>
    public IEnumerable<ParameterHelp> ListedParameters => Parameters
        .Where(parameter => parameter.Uses.Count > 0)
        .OrderBy(parameter => parameter.IsCommon)
        .ThenBy(parameter => parameter.Name, StringComparer.Ordinal);
}

/// <summary>One way to call a cmdlet: its parameters in the order in which the syntax shows them.</summary>
internal sealed record ParameterSetHelp(string Name, bool IsDefault, IReadOnlyList<BoundParameter> Parameters);

/// <summary>A parameter as it is in one parameter set.</summary>
internal sealed record BoundParameter(ParameterHelp Parameter, ParameterUse Use);

/// <summary>A type that a cmdlet takes from the pipeline or puts into it, with what the help says of it.</summary>
internal sealed record PipedType(string Name, Prose Description);

internal enum LinkKind
{
    Page,
    Cmdlet,
    About,
    Other,
}

/// <summary>A related link: a page with an address, or a name that Get-Help knows (another cmdlet, an about page).</summary>
internal sealed record LinkHelp(LinkKind Kind, string Text, string Address = "");
