using System;
using ImapPS.Administration;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Takes what was exported and imported, and rows with a Folder, an Identifier, and Letters or Rights, for an entry of an access list. What
/// is none is left to PowerShell, which refuses it.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class PermissionTransformationAttribute : ItemTransformationAttribute
{
    private protected override object Transform(object input)
    {
        if (Wrapped.Unwrap(input) is ImapFolderPermission or string or ValueType) return input;

        var row = new RowReader(input);
        return PropertyReader.ReadText(input, nameof(ImapFolderPermission.Identifier)) is { Length: > 0 } identifier
            && row.Path(nameof(ImapFolderPermission.Folder)) is { Length: > 0 } folder
            && Letters(input) is { } letters && row.Flaw is null
            ? RightLetters.Permission((int)(row.Number(nameof(ImapFolderPermission.SessionId)) ?? 0), folder, identifier, letters)
            : input;
    }

    private static string? Letters(object input) =>
        PropertyReader.ReadText(input, nameof(ImapFolderPermission.Letters)) is { } letters
            ? RightsText.AreOfServer(letters) ? letters : null
            : Rights(input) is { } rights ? RightLetters.Of(rights) : null;

    private static ImapFolderRights? Rights(object input) =>
        Wrapped.Unwrap(PropertyReader.Raw(input, nameof(ImapFolderPermission.Rights))) is string text
            ? RightsText.Read(text)
            : PropertyReader.Read<ImapFolderRights>(input, nameof(ImapFolderPermission.Rights));
}
