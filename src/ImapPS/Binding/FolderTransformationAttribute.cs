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

    /// <summary>Whether a message stands for itself, a row with a Folder for that folder, and a measurement for what it counted.</summary>
    public bool Messages { get; set; }

    private protected override object Transform(object input)
    {
        if (Wrapped.Unwrap(input) is FolderPath) return Wrapped.Unwrap(input);

        ItemKind kind = ItemKinds.Of(input);
        var row = new RowReader(input);
        return kind switch
        {
            ItemKind.Text => OfText(LanguagePrimitives.ConvertTo<string>(input), input),
            ItemKind.Folder => OfRow(kind, input, row, row.Path(nameof(ImapFolder.Path))),
            ItemKind.FolderName when Messages => OfRow(kind, input, row, row.Path(nameof(ImapMessage.Folder))),
            ItemKind.Message when Messages => OfMessage(input, row),
            ItemKind.Measure when Messages => MeasureReader.Read(input),
            ItemKind.Message when ItemKinds.IsMessage(input) => new FolderPath(kind, input),
            ItemKind.Message => new FolderPath(kind, input) { MessageProperty = ItemKinds.MessageProperty(input) },
            ItemKind.Session => new FolderPath(kind, input) { Session = row.OwnSession(), Flaw = row.Flaw },
            _ => new FolderPath(kind, input),
        };
    }

    /// <summary>A line of a journal may hold brackets, and would then match nothing, in silence.</summary>
    private FolderPath OfText(string path, object input) =>
        Literal ? new FolderPath(path, sessionId: null, uidValidity: null)
        : JsonLine.Is(path) ? new FolderPath(ItemKind.Text, input)
        : new FolderPath(path);

    private static FolderPath OfMessage(object input, RowReader row)
    {
        (string folder, uint uid) = (row.Folder(), row.Uid());
        return uid == 0 ? new FolderPath(ItemKind.Message, input) { Flaw = row.Flaw } : OfRow(ItemKind.Message, input, row, folder, uid);
    }

    private static FolderPath OfRow(ItemKind kind, object input, RowReader row, string? path, uint? uid = null)
    {
        (SessionReference? session, uint? uidValidity) = (row.Session(), row.UidValidity());
        if (row.Flaw is not null || path is null or { Length: 0 }) return new FolderPath(kind, input) { Flaw = row.Flaw };

        bool selectable = PropertyReader.Read<bool>(input, nameof(ImapFolder.Selectable)) ?? true;
        return new FolderPath(path, sessionId: null, uidValidity, selectable) { Session = session, Uid = uid };
    }
}
