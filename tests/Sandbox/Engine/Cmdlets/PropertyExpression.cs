using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace ImapPS.Sandbox;

/// <summary>What -Property takes: a name, a wildcard, a script block, or a hashtable of Name (or Label) and Expression.</summary>
internal sealed record PropertyExpression(string Name, ScriptBlock? Script)
{
    public static PropertyExpression From(object value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        ScriptBlock script => new PropertyExpression(script.ToString(), script),
        Hashtable table => FromTable(table),
        var name => new PropertyExpression(LanguagePrimitives.ConvertTo<string>(name), Script: null),
    };

    /// <summary>The properties of an object that this names, with their values; a plain name that it does not have is null.</summary>
    public IEnumerable<(string Name, object? Value)> Of(PSObject item)
    {
        if (Script is not null) return [(Name, Evaluate(item))];
        if (!WildcardPattern.ContainsWildcardCharacters(Name)) return [(Name, item.Properties[Name]?.Value)];
        return item.Properties.Match(Name).Select(property => (property.Name, (object?)property.Value));
    }

    private static PropertyExpression FromTable(Hashtable table)
    {
        var expression = From(table["Expression"] ?? table["E"] ?? throw new ArgumentException("The hashtable has no Expression.", nameof(table)));
        return (table["Name"] ?? table["N"] ?? table["Label"] ?? table["L"]) is { } name ? expression with { Name = name.ToString()! } : expression;
    }

    private object? Evaluate(PSObject item)
    {
        var results = Script!.InvokeWithContext(functionsToDefine: null, [new PSVariable("_", item)]);
        return results.Count == 1 ? results[0] : results.ToArray();
    }
}
