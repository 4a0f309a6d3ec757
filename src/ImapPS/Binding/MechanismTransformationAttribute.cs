using System;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>Takes the registered names of SASL mechanisms as well as ours: SCRAM-SHA-256 for ScramSha256.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class MechanismTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Wrapped.Unwrap(inputData) is string text && Enum.TryParse(text.Replace("-", string.Empty).Trim(), ignoreCase: true,
            out ImapMechanism mechanism) && Enum.IsDefined(typeof(ImapMechanism), mechanism)
            ? mechanism : inputData;
}
