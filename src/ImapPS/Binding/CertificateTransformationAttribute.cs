using System;
using System.IO;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;

namespace ImapPS.Binding;

/// <summary>Takes a certificate, or what names one: a path or a thumbprint.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class CertificateTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Wrapped.Unwrap(inputData) switch
    {
        null => null!,
        X509Certificate2 certificate => certificate,
        FileInfo file => file.FullName,
        string { Length: > 0 } text => text,
        object[] { Length: 1 } one => Transform(engineIntrinsics, one[0]),
        var other => throw new ArgumentTransformationMetadataException(
            $"Give a certificate, or the path or the thumbprint of one. The input is a {other.GetType().Name}."),
    };
}
