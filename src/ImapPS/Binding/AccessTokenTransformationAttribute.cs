using System;
using System.Management.Automation;

namespace ImapPS.Binding;

/// <summary>
/// Takes for an access token what holds one: a SecureString, text, the output of Get-ImapAccessToken, or any object with the property
/// AccessToken or Token. A script block is kept, to be asked for a token each time.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class AccessTokenTransformationAttribute : ArgumentTransformationAttribute
{
    // What it is not is told by the cmdlet: an error of the binding would show the text that was given.

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => GivenToken.Of(inputData);
}
