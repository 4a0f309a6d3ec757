using System;
using System.Globalization;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Completion;

/// <summary>Takes a session object for its id, and a folder or a message for the session that it came from; also when they have been exported and imported.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class SessionTransformationAttribute : ItemTransformationAttribute
{
    private protected override object Transform(object input)
    {
        if (Unwrap(input) is string name) return new SessionReference(name);

        int? id = PropertyReader.IsA(input, nameof(ImapSession)) ? PropertyReader.Read<int>(input, nameof(ImapSession.Id))
            : Unwrap(input) is IConvertible ? LanguagePrimitives.TryConvertTo(input, CultureInfo.InvariantCulture, out int number) ? number : null
            : PropertyReader.Read<int>(input, nameof(ImapMessage.SessionId));
        return id is { } known ? new SessionReference(known) : input;
    }
}
