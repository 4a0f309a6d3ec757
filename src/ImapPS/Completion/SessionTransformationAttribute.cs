using System;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Completion;

/// <summary>Takes a session object, also one that has been exported and imported, for its id.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SessionTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            ImapSession session => new SessionReference(session.Id),
            PSObject or PSCustomObject when PropertyReader.IsA(inputData, nameof(ImapSession)) && PropertyReader.Read<int>(inputData, "Id") is { } id => new SessionReference(id),
            _ => inputData,
        };
    }
}
