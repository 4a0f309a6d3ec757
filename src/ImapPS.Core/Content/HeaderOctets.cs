using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;
using MimeKit;

namespace ImapPS.Content;

/// <summary>Header fields as they came, in one piece of memory: a tenth of what the fields themselves take.</summary>
internal sealed class HeaderOctets
{
    private readonly Field[] _fields;
    private readonly byte[] _octets;

    private HeaderOctets(Field[] fields, byte[] octets)
    {
        _fields = fields;
        _octets = octets;
    }

    /// <summary>No field at all.</summary>
    public static HeaderOctets None { get; } = new([], []);

    /// <summary>All fields, in their order.</summary>
    public IEnumerable<Header> All
    {
        get
        {
            for (int i = 0; i < _fields.Length; i++) yield return At(i);
        }
    }

    /// <summary>The fields' names, in their order.</summary>
    public IEnumerable<string> Names => _fields.Select(kept => kept.Name);

    /// <summary>How many octets are kept.</summary>
    public int Length => _octets.Length;

    public static HeaderOctets Of(HeaderList headers)
    {
        if (headers.Count == 0) return None;

        int length = 0;
        for (int i = 0; i < headers.Count; i++) length += headers[i].RawValue.Length;

        var fields = new Field[headers.Count];
        byte[] octets = new byte[length];
        int end = 0;
        for (int i = 0; i < fields.Length; i++)
        {
            Header header = headers[i];
            byte[] value = header.RawValue;
            Buffer.BlockCopy(value, 0, octets, end, value.Length);
            end += value.Length;
            string name = header.Id.ToHeaderName();
            fields[i] = new Field(header.Id, name == header.Field ? name : header.Field, end);
        }

        return new HeaderOctets(fields, octets);
    }

    /// <summary>The fields of that name.</summary>
    public IEnumerable<Header> Fields(HeaderId id)
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            if (_fields[i].Id == id) yield return At(i);
        }
    }

    /// <summary>The first field of that name; null where there is none.</summary>
    public Header? First(HeaderId id)
    {
        int index = Array.FindIndex(_fields, kept => kept.Id == id);
        return index < 0 ? null : At(index);
    }

    /// <summary>The octets of the field of that name; nothing where there is none, or where there are several.</summary>
    public ReadOnlySpan<byte> Only(HeaderId id)
    {
        int index = Array.FindIndex(_fields, kept => kept.Id == id);
        if (index < 0 || Array.FindIndex(_fields, index + 1, kept => kept.Id == id) >= 0) return default;

        int start = index == 0 ? 0 : _fields[index - 1].End;
        return _octets.AsSpan(start, _fields[index].End - start);
    }

    /// <summary>What the first field of that name says; null where there is none.</summary>
    public string? Value(HeaderId id) => First(id)?.Value;

    private KeptHeader At(int index)
    {
        int start = index == 0 ? 0 : _fields[index - 1].End;
        byte[] value = new byte[_fields[index].End - start];
        Buffer.BlockCopy(_octets, start, value, 0, value.Length);
        return new KeptHeader(_fields[index].Id, _fields[index].Name, value);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Field(HeaderId Id, string Name, int End);

    /// <summary>A field made again of its octets, as MimeKit's parser makes it.</summary>
    private sealed class KeptHeader(HeaderId id, string name, byte[] value) : Header(ParserOptions.Default, id, name, value);
}
