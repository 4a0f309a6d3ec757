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

        if (PropertyReader.ReadText(input, nameof(ImapMessage.Folder)) is not { Length: > 0 } folder
            || PropertyReader.Read<uint>(input, nameof(ImapMessage.Uid)) is not { } uid
            || uid == 0)
        {
            return input;
        }

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
