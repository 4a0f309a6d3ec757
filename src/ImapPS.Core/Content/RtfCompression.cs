using System;
using System.IO;
using System.Text;

namespace ImapPS.Content;

/// <summary>
/// Unpacks the rich text of Outlook (MS-OXRTFCP). MimeKit's own converter sets aside as much memory as the sizes in front of the text say,
/// whatever they say.
/// </summary>
internal static class RtfCompression
{
    private const int HeaderLength = 16;
    private const int DictionaryLength = 4_096;
    private const uint Compressed = 0x75465a4c;
    private const uint Uncompressed = 0x414c454d;

    private const string Preset = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}"
        + "{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
        + "MS Sans SerifSymbolArialTimes New RomanCourier"
        + "{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

    /// <summary>The rich text, up to a limit; empty for what is none.</summary>
    public static byte[] Unpack(byte[] packed, int most)
    {
        if (packed.Length < HeaderLength) return [];

        uint kind = BitConverter.ToUInt32(packed, 8);
        if (kind == Uncompressed) return packed.AsSpan(HeaderLength, Math.Min(packed.Length - HeaderLength, most)).ToArray();
        if (kind != Compressed) return [];

        byte[] dictionary = new byte[DictionaryLength];
        int write = Encoding.ASCII.GetBytes(Preset, 0, Preset.Length, dictionary, 0);
        using var text = new MemoryStream();
        for (int at = HeaderLength; at < packed.Length && text.Length < most;)
        {
            int control = packed[at++];
            for (int bit = 0; bit < 8 && at < packed.Length && text.Length < most; bit++)
            {
                if ((control & (1 << bit)) == 0)
                {
                    Put(packed[at++]);
                    continue;
                }

                if (at + 1 >= packed.Length) return text.ToArray();

                int read = (packed[at] << 4) | (packed[at + 1] >> 4);
                int length = (packed[at + 1] & 0x0f) + 2;
                at += 2;

                // What would be read from where is written next is the end.
                if (read == write) return text.ToArray();

                for (; length > 0; length--, read = (read + 1) % DictionaryLength) Put(dictionary[read]);
            }
        }

        return text.ToArray();

        void Put(byte octet)
        {
            text.WriteByte(octet);
            dictionary[write] = octet;
            write = (write + 1) % DictionaryLength;
        }
    }
}
