using System;
using ImapPS.Models;

namespace ImapPS.Completion;

/// <summary>Takes a session object, also one that has been exported and imported, for its id.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SessionTransformationAttribute : ItemTransformationAttribute
{
    private protected override object Transform(object input) =>
        PropertyReader.IsA(input, nameof(ImapSession)) && PropertyReader.Read<int>(input, nameof(ImapSession.Id)) is { } id ? new SessionReference(id) : input;
}
