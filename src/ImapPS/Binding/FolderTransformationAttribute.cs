using System;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Takes text, a folder object, and a row with a Path for a folder; also what was exported and imported. Anything else becomes what
/// is no folder, which the cmdlet refuses with an error of its own.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class FolderTransformationAttribute : ItemTransformationAttribute
{
    /// <summary>Whether no character of a text is a wildcard.</summary>
    public bool Literal { get; set; }

    /// <summary>Whether a message stands for itself, and a row with a Folder for that folder.</summary>
    public bool Messages { get; set; }

    private protected override object Transform(object input)
    {
        if (Unwrap(input) is FolderPath) return Unwrap(input);

        ItemKind kind = ItemKinds.Of(input);
        return kind switch
        {
            ItemKind.Text => OfText(LanguagePrimitives.ConvertTo<string>(input)),
            ItemKind.Folder => OfRow(kind, input, nameof(ImapFolder.Path)),
            ItemKind.FolderName when Messages => OfRow(kind, input, nameof(ImapMessage.Folder)),
            ItemKind.Message when Messages && PropertyReader.Read<uint>(input, nameof(ImapMessage.Uid)) is { } uid and not 0 =>
                OfRow(kind, input, PropertyReader.Has(input, nameof(ImapMessage.Folder)) ? nameof(ImapMessage.Folder) : nameof(ImapFolder.Path), uid),
            ItemKind.Session => new FolderPath(kind, input) { Session = SessionTransformationAttribute.IdOf(input, nameof(ImapSession.Id)) },
            _ => new FolderPath(kind, input),
        };
    }

    private FolderPath OfText(string path) => Literal ? new FolderPath(path, sessionId: null, uidValidity: null) : new FolderPath(path);

    private static FolderPath OfRow(ItemKind kind, object input, string property, uint? uid = null) =>
        PropertyReader.ReadText(input, property) is { Length: > 0 } path
            ? new FolderPath(
                path,
                sessionId: null,
                PropertyReader.Read<uint>(input, nameof(ImapFolder.UidValidity)),
                PropertyReader.Read<bool>(input, nameof(ImapFolder.Selectable)) ?? true)
            {
                Session = SessionTransformationAttribute.OriginOf(input),
                Uid = uid,
            }
            : new FolderPath(kind, input);
}
