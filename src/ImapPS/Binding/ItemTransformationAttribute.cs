using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;

namespace ImapPS.Binding;

/// <summary>
/// Transforms each argument of a list by itself. What it does not know it leaves to PowerShell, which then converts it or binds it by its
/// properties' names.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public abstract class ItemTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public sealed override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData is null ? inputData!
        : Wrapped.Unwrap(inputData) is IList list ? list.Cast<object>().Select(item => item is null ? item! : Transform(item)).ToArray()
        : Transform(inputData);

    private protected abstract object Transform(object input);
}
