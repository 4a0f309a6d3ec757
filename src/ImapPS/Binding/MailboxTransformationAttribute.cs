using System;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>Takes text, and an address out of a message, for the address of a mailbox; and nothing that only prints as text.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class MailboxTransformationAttribute : ItemTransformationAttribute
{
    private protected override object Transform(object input)
    {
        object value = Wrapped.Unwrap(input);
        if (value is string) return value;
        if (value is ImapAddress address) return address.Address;
        if (PropertyReader.IsA(input, nameof(ImapAddress)))
        {
            return PropertyReader.Raw(input, nameof(ImapAddress.Address)) ?? string.Empty;
        }

        // No address has brackets, so the cmdlet refuses it as it refuses any text that is none. A session would print as user@server.
        string type = PSObject.AsPSObject(input).TypeNames[0];
        return $"[{type.Substring(type.LastIndexOf('.') + 1)}]";
    }
}
