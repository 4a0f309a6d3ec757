using System;
using System.Management.Automation;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace ImapPS.Sandbox;

/// <summary>Format-Table: the engine has the formatter, only its cmdlet is elsewhere.</summary>
[Cmdlet(VerbsCommon.Format, "Table")]
public sealed class FormatTableCommand : OuterFormatTableBase
{
    public FormatTableCommand() => Formatter.Attach(this, "Table");
}

/// <summary>Format-List.</summary>
[Cmdlet(VerbsCommon.Format, "List")]
public sealed class FormatListCommand : OuterFormatTableAndListBase
{
    public FormatListCommand() => Formatter.Attach(this, "List");
}

file static class Formatter
{
    private const BindingFlags Anything = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    // What Microsoft.PowerShell.Commands.Utility's own constructors do, by internals.
    public static void Attach(PSCmdlet cmdlet, string shape)
    {
        var engine = typeof(PSCmdlet).Assembly;
        var shapes = engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.FormatShape", throwOnError: true)!;
        var formatter = engine.GetType("Microsoft.PowerShell.Commands.Internal.Format.InnerFormatShapeCommand", throwOnError: true)!;
        var implementation = Activator.CreateInstance(formatter, Anything, binder: null, [Enum.Parse(shapes, shape)], culture: null);
        FieldOf(cmdlet.GetType()).SetValue(cmdlet, implementation);
    }

    private static FieldInfo FieldOf(Type type)
    {
        for (var level = type; level is not null; level = level.BaseType)
        {
            if (level.GetField("implementation", Anything | BindingFlags.DeclaredOnly) is { } field) return field;
        }

        throw new MissingFieldException(type.Name, "implementation");
    }
}
