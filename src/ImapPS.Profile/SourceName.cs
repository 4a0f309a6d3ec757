using System;
using System.Collections.Generic;

namespace ImapPS.Profile;

/// <summary>
/// What a type or a method is called in the source. The compiler numbers what it makes of lambdas and async methods, and numbers them anew
/// with each change; the method that they stand in keeps its name.
/// </summary>
internal static class SourceName
{
    /// <summary>The type as the source has it, and the method that the compiler made it of, if it did.</summary>
    public static (string Type, string? Method) Of(Type type)
    {
        string? method = null;
        var names = new Stack<string>();
        for (Type? part = type; part is not null; part = part.DeclaringType)
        {
            if (Enclosed(part.Name) is { Length: > 0 } inner) method = inner;
            else if (!part.Name.StartsWith("<>c", StringComparison.Ordinal)) names.Push(part.Name);
        }

        string space = type.Namespace is { Length: > 0 } name ? name + "." : string.Empty;
        return (space + string.Join('+', names), method);
    }

    /// <summary>The method as the source has it.</summary>
    public static string Of(string method) => Enclosed(method) is { Length: > 0 } inner ? inner : method;

    /// <summary>What stands in the brackets that the name begins with: Run, of &lt;&lt;Run&gt;b__0&gt;d.</summary>
    private static string Enclosed(string name)
    {
        if (name[0] != '<') return string.Empty;

        string inner = name.TrimStart('<');
        int end = inner.IndexOf('>', StringComparison.Ordinal);
        return end < 0 ? string.Empty : inner[..end];
    }
}
