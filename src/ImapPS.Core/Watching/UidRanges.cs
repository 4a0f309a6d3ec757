using System.Collections;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace ImapPS.Watching;

/// <summary>
/// A set of UIDs, kept as ranges. Messages that stand side by side cost no more than one; so it is never larger than what is in it, and
/// mostly far smaller.
/// </summary>
internal sealed class UidRanges : IEnumerable<uint>
{
    private const int LeastCapacity = 64;

    /// <summary>Ascending, and none touches the next.</summary>
    private readonly List<Range> _ranges = [];

    public UidRanges()
    {
    }

    /// <summary>The UIDs of a list, ascending.</summary>
    public UidRanges(IEnumerable<uint> ascending)
    {
        foreach (uint uid in ascending) Add(uid);
    }

    private UidRanges(uint last)
    {
        _ranges.Add(new Range(1, last));
        Count = last;
    }

    /// <summary>The number of UIDs.</summary>
    public long Count { get; private set; }

    /// <summary>The number of ranges.</summary>
    public int Size => _ranges.Count;

    /// <summary>All UIDs below one.</summary>
    public static UidRanges Below(uint end) => end > 1 ? new(end - 1) : new();

    public bool Contains(uint uid) => Find(uid) >= 0;

    public void Add(uint uid)
    {
        int found = Find(uid);
        if (found >= 0) return;

        int next = ~found;
        bool touchesLast = next > 0 && _ranges[next - 1].Last == uid - 1;
        bool touchesNext = next < _ranges.Count && _ranges[next].First == uid + 1;
        if (touchesLast && touchesNext)
        {
            _ranges[next - 1] = new Range(_ranges[next - 1].First, _ranges[next].Last);
            RemoveAt(next);
        }
        else if (touchesLast) _ranges[next - 1] = new Range(_ranges[next - 1].First, uid);
        else if (touchesNext) _ranges[next] = new Range(uid, _ranges[next].Last);
        else _ranges.Insert(next, new Range(uid, uid));
        Count++;
    }

    public void Remove(uint uid)
    {
        int found = Find(uid);
        if (found < 0) return;

        (uint first, uint last) = _ranges[found];
        if (first == last) RemoveAt(found);
        else if (uid == first) _ranges[found] = new Range(uid + 1, last);
        else if (uid == last) _ranges[found] = new Range(first, uid - 1);
        else
        {
            _ranges[found] = new Range(first, uid - 1);
            _ranges.Insert(found + 1, new Range(uid + 1, last));
        }

        Count--;
    }

    /// <summary>The UIDs, ascending.</summary>
    public IEnumerator<uint> GetEnumerator()
    {
        foreach ((uint first, uint last) in _ranges)
        {
            for (uint uid = first; uid <= last && uid != 0; uid++) yield return uid;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The range that holds a UID; else the complement of where it would stand.</summary>
    private int Find(uint uid)
    {
        int low = 0;
        int high = _ranges.Count - 1;
        while (low <= high)
        {
            int middle = low + ((high - low) / 2);
            if (_ranges[middle].Last < uid) low = middle + 1;
            else if (_ranges[middle].First > uid) high = middle - 1;
            else return middle;
        }

        return ~low;
    }

    private void RemoveAt(int index)
    {
        _ranges.RemoveAt(index);
        if (_ranges.Capacity > LeastCapacity && _ranges.Count < _ranges.Capacity / 4) _ranges.Capacity = _ranges.Count * 2;
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct Range(uint First, uint Last);
}
