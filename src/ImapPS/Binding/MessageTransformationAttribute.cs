using System;
using System.Management.Automation;
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
        if (Wrapped.Unwrap(input) is ImapMessage) return input;

        ItemKind kind = ItemKinds.Of(input);
        var row = new RowReader(input);
        if (kind != ItemKind.Message) return new NotAMessage(kind, input) { Folder = FolderOf(kind, input, row) };

        // A line of a journal about a message that is no more has the properties too, and nothing in them: an error that tells is due.
        string folder = row.Folder();
        SessionReference? session = row.Session();
        var message = new ImapMessage
        {
            IsPartial = true,
            IsAwaited = PropertyReader.IsA(input, nameof(ImapFolderEvent)),
            SessionId = session?.Id,
            SessionName = session?.Name,
            Folder = folder,
            UidValidity = row.UidValidity(),
            Uid = row.Uid(),
            Kept = row.Kept(),
            Subject = PropertyReader.ReadText(input, nameof(ImapMessage.Subject)) ?? string.Empty,
            MessageId = PropertyReader.ReadText(input, nameof(ImapMessage.MessageId)) ?? string.Empty,
            Size = WholeNumber.Of(PropertyReader.Raw(input, nameof(ImapMessage.Size))) is { } size and <= long.MaxValue ? (long)size : 0,
            Received = PropertyReader.ReadTime(input, nameof(ImapMessage.Received)),
            Date = PropertyReader.ReadTime(input, nameof(ImapMessage.Date)),
        };
        return row.Flaw is null ? message : new NotAMessage(kind, input) { Flaw = row.Flaw };
    }

    private static string FolderOf(ItemKind kind, object input, RowReader row) => kind switch
    {
        ItemKind.Text => LanguagePrimitives.ConvertTo<string>(input),
        ItemKind.Folder or ItemKind.FolderName => row.Folder(),
        _ => string.Empty,
    };
}
