using System;
using System.Globalization;
using System.Management.Automation;
using System.Numerics;
using ImapPS.Models;

namespace ImapPS.Binding;

/// <summary>
/// Reads what a row says of where a message or a folder is. Only what is missing, null or empty means nothing; what is there and cannot
/// be read is a flaw, and whoever reads the row asks for that at the end.
/// </summary>
internal sealed class RowReader(object row)
{
    private RowFlaw? _flaw;
    private RowReader? _held;

    /// <summary>The first value that could not be read.</summary>
    public RowFlaw? Flaw => _flaw ?? _held?.Flaw;

    /// <summary>The folder of a message. Some rows call it Path.</summary>
    public string Folder() => Path(nameof(ImapMessage.Folder)) ?? Path(nameof(ImapFolder.Path)) ?? string.Empty;

    /// <summary>The UID, or 0 when it is not known, as messages themselves have it.</summary>
    public uint Uid() => WholeNumber.Of(Value(nameof(ImapMessage.Uid))) == 0 ? 0 : Number(nameof(ImapMessage.Uid)) ?? 0;

    /// <summary>The UIDVALIDITY, if it is known.</summary>
    public uint? UidValidity() => Number(nameof(ImapMessage.UidValidity)) ?? Held()?.UidValidity();

    /// <summary>The copy that is to be kept, where the row is one that Find-ImapDuplicate gave.</summary>
    public KeptCopy? Kept() =>
        Path(nameof(ImapDuplicate.KeptFolder)) is { } folder && Number(nameof(ImapDuplicate.KeptUid)) is { } uid
            ? new KeptCopy(folder, Number(nameof(ImapDuplicate.KeptUidValidity)), uid)
            : null;

    /// <summary>The session that the row names, by its id, its name or the object.</summary>
    public SessionReference? Session() => Reference(nameof(ImapMessage.SessionId)) ?? Reference("Session") ?? Held()?.Session();

    /// <summary>The session that the row itself is.</summary>
    public SessionReference? OwnSession() =>
        Number(nameof(ImapSession.Id)) is { } id ? Named(id) : Flawed<SessionReference>(nameof(ImapSession.Id), string.Empty);

    /// <summary>A path: text, or the folder object itself.</summary>
    public string? Path(string property) => Value(property) switch
    {
        null => null,
        var value when Wrapped.Unwrap(value) is string text => text,
        var value when IsFolder(value) => new RowReader(value).Path(nameof(ImapFolder.Path)),
        var value => Flawed<string>(property, value),
    };

    /// <summary>A number that names something, from 1 to 4,294,967,295.</summary>
    public uint? Number(string property)
    {
        if (Value(property) is not { } value) return null;
        if (WholeNumber.Unique(value) is { } number) return number;

        Flawed<string>(property, value);
        return null;
    }

    private static SessionReference Named(uint id) => new(id.ToString(CultureInfo.InvariantCulture));

    private static bool IsFolder(object? value) =>
        value is not null && (Wrapped.Unwrap(value) is FolderPath || PropertyReader.IsA(value, nameof(ImapFolder)));

    /// <summary>The folder object that stands where a path should. It knows its UIDVALIDITY and its session itself.</summary>
    private RowReader? Held()
    {
        object?[] places = [Value(nameof(ImapMessage.Folder)), Value(nameof(ImapFolder.Path))];
        return _held ??= Array.Find(places, IsFolder) is { } folder ? new RowReader(folder) : null;
    }

    private SessionReference? Reference(string property)
    {
        if (Value(property) is not { } value) return null;
        if (WholeNumber.Unique(value) is { } id) return Named(id);
        if (Wrapped.Unwrap(value) is string name) return new SessionReference(name);
        if (ItemKinds.Of(value) != ItemKind.Session) return Flawed<SessionReference>(property, value);

        var session = new RowReader(value);
        SessionReference? reference = session.OwnSession();
        _flaw ??= session.Flaw;
        return reference;
    }

    /// <summary>The property's value, or null where it says nothing.</summary>
    private object? Value(string property)
    {
        try
        {
            object? value = PropertyReader.Value(row, property);
            return value is null or DBNull || (Wrapped.Unwrap(value) is string text && string.IsNullOrWhiteSpace(text)) ? null : value;
        }
        catch (GetValueException failed)
        {
            return Flawed<object>(property, failed.Message);
        }
    }

    private T? Flawed<T>(string property, object value)
        where T : class
    {
        _flaw ??= new RowFlaw(property, Words(Wrapped.Unwrap(value)));
        return null;
    }

    private static string Words(object value) => value switch
    {
        "" => string.Empty,
        string text => $"'{DisplayText.Printable(text)}'",
        BigInteger or (IConvertible and not Enum) => string.Format(CultureInfo.InvariantCulture, "{0}", value),
        _ => $"of the type {value.GetType().Name}",
    };
}
