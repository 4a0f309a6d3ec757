using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;

namespace ImapPS.Binding;

/// <summary>PowerShell wraps objects to give them more members.</summary>
internal static class Wrapped
{
    /// <summary>The object itself, without PowerShell's wrapping.</summary>
    [return: NotNullIfNotNull(nameof(value))]
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
