using System;
using System.Management.Automation;
using System.Net;

namespace ImapPS.Binding;

/// <summary>Takes text for a SecureString. Get-Secret and files give both.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Wrapped.Unwrap(inputData) is string text ? new NetworkCredential(string.Empty, text.Trim()).SecurePassword : inputData;
}
