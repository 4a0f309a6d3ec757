using System;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Takes anything with a Folder and a Uid for a message: a row of a CSV file, a line of JSON, an imported object. Anything else becomes
/// what is no message, which the cmdlet refuses with an error of its own.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class MessageTransformationAttribute : ItemTransformationAttribute
{
    private protected override object Transform(object input)
    {
        if (Unwrap(input) is ImapMessage) return input;

        ItemKind kind = ItemKinds.Of(input);
        if (kind != ItemKind.Message) return new NotAMessage(kind, input);

        // A line of a journal about a message that is no more has the properties too, and nothing in them: an error that tells is due.
        SessionReference? session = SessionTransformationAttribute.OriginOf(input);
        return new ImapMessage
        {
            IsPartial = true,
            IsAwaited = PropertyReader.IsA(input, nameof(ImapFolderEvent)),
            SessionId = session?.Id,
            SessionName = session?.Name,
            Folder = PropertyReader.ReadText(input, nameof(ImapMessage.Folder)) ?? PropertyReader.ReadText(input, nameof(ImapFolder.Path)) ?? string.Empty,
            UidValidity = PropertyReader.Read<uint>(input, nameof(ImapMessage.UidValidity)) is { } validity && validity != 0 ? validity : null,
            Uid = PropertyReader.Read<uint>(input, nameof(ImapMessage.Uid)) ?? 0,
            Subject = PropertyReader.ReadText(input, nameof(ImapMessage.Subject)) ?? string.Empty,
            MessageId = PropertyReader.ReadText(input, nameof(ImapMessage.MessageId)) ?? string.Empty,
            Size = PropertyReader.Read<long>(input, nameof(ImapMessage.Size)) ?? 0,
            Received = PropertyReader.ReadTime(input, nameof(ImapMessage.Received)),
            Date = PropertyReader.ReadTime(input, nameof(ImapMessage.Date)),
        };
    }
}
