using System.Collections.Generic;

namespace ImapPS.Help.Model;

/// <summary>Everything that is written: the cmdlets by name, and the objects that they emit.</summary>
internal sealed record HelpModule(string Name, IReadOnlyList<CmdletHelp> Cmdlets, IReadOnlyList<ObjectHelp> Objects);

/// <summary>A type of the module that cmdlets emit, or that a property of such a type holds.</summary>
internal sealed record ObjectHelp(
    string Name,
    string FullName,
    bool IsEnum,
    Prose Summary,
    Prose Remarks,
    IReadOnlyList<MemberHelp> Members);

/// <summary>A property of an emitted object, or a value of an enum (which has no type of its own).</summary>
internal sealed record MemberHelp(string Name, string Type, Prose Summary);
