using System;
using System.Management.Automation;
using System.Security;

namespace ImapPS.Binding;

/// <summary>
/// Takes a user name for a credential whose password is still to be asked for. PowerShell's own attribute asks while parameters are bound,
/// when nobody knows yet whether the server can be reached.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class CredentialTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        Wrapped.Unwrap(inputData) switch
        {
            string { Length: > 0 } user => new PSCredential(user, new SecureString()),
            string => null!,
            _ => inputData,
        };
}
