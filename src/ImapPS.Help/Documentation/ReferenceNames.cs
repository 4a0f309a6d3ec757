using System;
using System.Reflection;
using ImapPS.Help.Model;
using ImapPS.Help.Reading;

namespace ImapPS.Help.Documentation;

/// <summary>What a cref is called in help: a cmdlet by its name, a parameter with its dash, a type by its short name.</summary>
internal sealed class ReferenceNames(MemberIndex members)
{
    public Inline For(string cref) => members.Find(cref) switch
    {
        Type type when type.CmdletName() is { } name => new CmdletRun(name),
        Type type => new CodeRun(TypeNames.Short(type)),
        PropertyInfo property when property.IsParameter() => new CodeRun("-" + property.Name),
        { } member => new CodeRun(member.Name),
        null => new CodeRun(LastName(cref)),
    };

    /// <summary>'Dictionary' of 'T:System.Collections.Generic.Dictionary`2', 'Parse' of 'M:System.Int32.Parse(System.String)'.</summary>
    private static string LastName(string cref)
    {
        var end = cref.IndexOfAny(['(', '`']);
        var name = end < 0 ? cref : cref[..end];
        return name[(name.LastIndexOfAny(['.', ':']) + 1)..];
    }
}
