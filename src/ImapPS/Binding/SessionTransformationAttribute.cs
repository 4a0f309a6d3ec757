using System;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Takes a session object for its id, and a folder or a message for the session that it came from; also when they have been exported and
/// imported.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SessionTransformationAttribute : ItemTransformationAttribute
{
    /// <summary>Whether only sessions are taken, and not what came from one.</summary>
    public bool SessionsOnly { get; set; }

    /// <summary>Whether names and ids are taken.</summary>
    public bool Text { get; set; } = true;

    // What names a session and cannot be read is given back as it is, and PowerShell refuses it.
    private protected override object Transform(object input)
    {
        var row = new RowReader(input);
        SessionReference? session = ItemKinds.Of(input) switch
        {
            ItemKind.Text => Text ? Named(input) : null,
            ItemKind.Session => row.OwnSession(),
            ItemKind.File or ItemKind.Other => null,
            _ => SessionsOnly ? null : row.Session(),
        };
        return row.Flaw is null && session is not null ? session : input;
    }

    private static SessionReference? Named(object input) => LanguagePrimitives.ConvertTo<string>(input) is { Length: > 0 } name
        ? new SessionReference(name) : null;
}
