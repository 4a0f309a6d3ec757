using System;
using System.Management.Automation;

namespace ImapPS.Binding;

/// <summary>Takes the registered names of SASL mechanisms as well as ours: they differ in hyphens, and case does not matter.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class MechanismTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Wrapped.Unwrap(inputData) is string text ? text.Replace("-", string.Empty).Trim() : inputData;
}
