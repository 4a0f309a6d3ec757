using System;
using ImapPS.Models;

namespace ImapPS.Completion;

/// <summary>Takes anything with a Folder and a Uid for a message: a row of a CSV file, a line of JSON, an imported object.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class MessageTransformationAttribute : ItemTransformationAttribute
{
    private protected override object Transform(object input)
    {
        if (Unwrap(input) is ImapMessage) return input;

        // A line of a journal about a message that is no more has the properties too, and nothing in them: an error that tells is due.
        bool isNowhere = PropertyReader.IsEmpty(input, nameof(ImapMessage.Uid)) && PropertyReader.Has(input, nameof(ImapMessage.Folder));
        string folder = PropertyReader.ReadText(input, nameof(ImapMessage.Folder)) ?? string.Empty;
        uint uid = PropertyReader.Read<uint>(input, nameof(ImapMessage.Uid)) ?? 0;
        if (!isNowhere && (folder.Length == 0 || uid == 0)) return input;

        return new ImapMessage
        {
            IsPartial = true,
            IsAwaited = PropertyReader.IsA(input, nameof(ImapFolderEvent)),
            SessionId = PropertyReader.Read<int>(input, nameof(ImapMessage.SessionId)),
            Folder = folder,
            UidValidity = PropertyReader.Read<uint>(input, nameof(ImapMessage.UidValidity)) is { } validity && validity != 0 ? validity : null,
            Uid = uid,
            Subject = PropertyReader.ReadText(input, nameof(ImapMessage.Subject)) ?? string.Empty,
            MessageId = PropertyReader.ReadText(input, nameof(ImapMessage.MessageId)) ?? string.Empty,
            Size = PropertyReader.Read<long>(input, nameof(ImapMessage.Size)) ?? 0,
            Received = PropertyReader.ReadTime(input, nameof(ImapMessage.Received)),
            Date = PropertyReader.ReadTime(input, nameof(ImapMessage.Date)),
        };
    }
}
