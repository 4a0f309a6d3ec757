using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace ImapPS.Filters.Checking;

/// <summary>The arguments of a command as they are written: those with a name, and the others by their position.</summary>
internal sealed class CommandArguments
{
    private readonly Dictionary<string, Ast> _named = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Ast> _positional = [];

    public CommandArguments(CommandAst command, CmdletInfo cmdlet)
    {
        CommandElementAst[] elements = [.. command.CommandElements.Skip(1)];
        for (int i = 0; i < elements.Length; i++)
        {
            if (elements[i] is not CommandParameterAst written)
            {
                _positional.Add(elements[i]);
                continue;
            }

            ParameterMetadata? parameter = Parameter(cmdlet, written.ParameterName);
            string name = parameter?.Name ?? written.ParameterName;
            Names.Add(name);
            if (written.Argument is not null) _named[name] = written.Argument;
            else if (parameter is { SwitchParameter: false } && i + 1 < elements.Length) _named[name] = elements[++i];
        }
    }

    /// <summary>The names of the parameters that are given.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is given without a name.</summary>
    public IReadOnlyList<Ast> Positional => _positional;

    /// <summary>The argument of a parameter; null where it has none.</summary>
    public Ast? this[string name] => _named.TryGetValue(name, out Ast? argument) ? argument : null;

    private static ParameterMetadata? Parameter(CmdletInfo cmdlet, string written)
    {
        ICollection<ParameterMetadata> all = cmdlet.Parameters.Values;
        return all.FirstOrDefault(each => each.Aliases.Prepend(each.Name).Contains(written, StringComparer.OrdinalIgnoreCase))
            ?? all.FirstOrDefault(each => each.Name.StartsWith(written, StringComparison.OrdinalIgnoreCase));
    }
}
