using System;
using System.Collections.Generic;

namespace ImapPS.Sessions;

/// <summary>One element of DER (X.690): enough to find something in a certificate, and nothing that a hostile one exhausts.</summary>
/// <param name="Tag">The first octet: class, form and number.</param>
/// <param name="Whole">The element with its header.</param>
/// <param name="Content">What is in it.</param>
internal readonly record struct DerElement(byte Tag, ArraySegment<byte> Whole, ArraySegment<byte> Content)
{
    public const byte Sequence = 0x30;

    /// <summary>The elements that stand one after the other, as far as they can be read.</summary>
    public static IReadOnlyList<DerElement> Read(ArraySegment<byte> octets)
    {
        var found = new List<DerElement>();
        byte[] all = octets.Array!;
        int end = octets.Offset + octets.Count;
        for (int start = octets.Offset; start + 2 <= end;)
        {
            int length = all[start + 1];
            int content = start + 2;
            if (length > 0x80)
            {
                int count = length - 0x80;
                if (count > 3 || content + count > end) break;

                length = 0;
                for (int i = 0; i < count; i++) length = (length << 8) | all[content++];
            }

            if (length > end - content) break;

            found.Add(new DerElement(all[start], new ArraySegment<byte>(all, start, content + length - start),
                new ArraySegment<byte>(all, content, length)));
            start = content + length;
        }

        return found;
    }

    /// <summary>The elements in this one.</summary>
    public IReadOnlyList<DerElement> Children() => Read(Content);
}
