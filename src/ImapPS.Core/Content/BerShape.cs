using System.Collections.Generic;

namespace ImapPS.Content;

/// <summary>
/// The shape of ASN.1 in its basic encoding (X.690). BouncyCastle goes down by recursion, and builds an object for every two octets that
/// say so.
/// </summary>
internal static class BerShape
{
    private const int MostLevels = 64;
    private const int MostElements = 100_000;
    private const long Indefinite = -1;

    /// <summary>True when what the octets hold has neither more levels nor more elements than any signature needs.</summary>
    public static bool IsModest(byte[] octets, int count)
    {
        var ends = new Stack<long>();
        int elements = 0;
        for (long at = 0; at < count;)
        {
            while (ends.Count > 0 && ends.Peek() != Indefinite && at >= ends.Peek()) ends.Pop();
            if (++elements > MostElements) return false;

            byte tag = octets[at++];
            if ((tag & 0x1f) == 0x1f)
            {
                while (at < count && (octets[at] & 0x80) != 0) at++;
                at++;
            }

            if (at >= count) return true;

            long length = octets[at++];
            if (tag == 0 && length == 0)
            {
                // The end of what has no length.
                while (ends.Count > 0 && ends.Pop() != Indefinite)
                {
                }

                continue;
            }

            bool isIndefinite = length == 0x80;
            if (!isIndefinite && (length & 0x80) != 0)
            {
                int octetsOfLength = (int)(length & 0x7f);
                length = 0;
                for (; octetsOfLength > 0 && at < count; octetsOfLength--) length = (length << 8) | octets[at++];
                if (length < 0) return true;
            }

            if ((tag & 0x20) == 0)
            {
                at += length;
                continue;
            }

            ends.Push(isIndefinite ? Indefinite : at + length);
            if (ends.Count > MostLevels) return false;
        }

        return true;
    }
}
