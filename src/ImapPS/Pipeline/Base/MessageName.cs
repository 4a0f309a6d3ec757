using System.Globalization;
using ImapPS.Models;

namespace ImapPS.Pipeline.Base;

/// <summary>What a message is called, in a question and under -WhatIf.</summary>
internal static class MessageName
{
    /// <summary>A message as -WhatIf and -Confirm name it.</summary>
    public static string Of(ImapMessage message) => $"{Name(message)} in {DisplayText.Printable(message.Folder)}";

    /// <summary>Says that a message is where it was to go.</summary>
    public static string Unchanged(ImapMessage message) =>
        $"M{Name(message).Substring(1)} is in '{DisplayText.Printable(message.Folder)}' already.";

    private static string Name(ImapMessage message) =>
        string.Format(CultureInfo.InvariantCulture, message.Subject.Length == 0
            ? "message {0}"
            : "message {0} '{1}'", message.Uid, DisplayText.Subject(message.Subject));
}
