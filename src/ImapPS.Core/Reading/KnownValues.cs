using System;
using System.Collections.Generic;
using ImapPS.Files;

namespace ImapPS.Reading;

/// <summary>
/// What header fields say, for those that have been read: of a hundred thousand messages most have the sender of another. Bounded; when
/// it is full it begins anew.
/// </summary>
internal sealed class KnownValues
{
    private const int Most = 4_096;

    /// <summary>A field that is longer is no sender's that comes again.</summary>
    private const int Longest = 1_024;

    private readonly Dictionary<ulong, (byte[] Octets, IReadOnlyList<string> Values)> _known = [];

    /// <summary>What the field says.</summary>
    /// <param name="octets">The field as it came.</param>
    /// <param name="read">Reads it, where it is not known.</param>
    public IReadOnlyList<string> Of(ReadOnlySpan<byte> octets, Func<IReadOnlyList<string>> read)
    {
        if (octets.Length > Longest) return read();

        ulong hash = Hash(octets);
        if (_known.TryGetValue(hash, out (byte[] Octets, IReadOnlyList<string> Values) known) && octets.SequenceEqual(known.Octets))
        {
            return known.Values;
        }

        IReadOnlyList<string> values = read();
        if (_known.Count == Most) _known.Clear();
        _known[hash] = (octets.ToArray(), values);
        return values;
    }

    private static ulong Hash(ReadOnlySpan<byte> octets)
    {
        ulong hash = Fnv.Start;
        foreach (byte octet in octets) hash = Fnv.Add(hash, octet);
        return hash;
    }
}
