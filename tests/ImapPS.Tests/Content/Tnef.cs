using System.Text;

namespace ImapPS.Tests.Content;

/// <summary>Writes a winmail.dat (MS-OXTNEF): a body, and files as Outlook sends them.</summary>
internal static class Tnef
{
    private const byte MessageLevel = 1;
    private const byte AttachmentLevel = 2;

    public static byte[] Build(string body, params (string Name, byte[] Content)[] files) =>
        Build(writer => Attribute(writer, MessageLevel, 0x0002800c, Encoding.ASCII.GetBytes(body + "\0")), files);

    /// <summary>One whose text is rich text, packed (MS-OXRTFCP).</summary>
    public static byte[] OfRichText(byte[] packed, params (string Name, byte[] Content)[] files) =>
        Build(writer => Attribute(writer, MessageLevel, 0x00069003,
            [.. BitConverter.GetBytes(1), .. BitConverter.GetBytes(0x10090102), .. BitConverter.GetBytes(1),
                .. BitConverter.GetBytes(packed.Length), .. packed, .. new byte[(4 - (packed.Length % 4)) % 4]]), files);

    private static byte[] Build(Action<BinaryWriter> body, (string Name, byte[] Content)[] files)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(0x223e9f78u);
        writer.Write((ushort)1);
        Attribute(writer, MessageLevel, 0x00089006, [0, 0, 1, 0]);
        Attribute(writer, MessageLevel, 0x00069007, [0xe4, 4, 0, 0, 0, 0, 0, 0]);
        body(writer);
        foreach ((string name, byte[] content) in files)
        {
            Attribute(writer, AttachmentLevel, 0x00069002, new byte[14]);
            Attribute(writer, AttachmentLevel, 0x00018010, Encoding.ASCII.GetBytes(name + "\0"));
            Attribute(writer, AttachmentLevel, 0x0006800f, content);
        }

        writer.Flush();
        return stream.ToArray();
    }

    private static void Attribute(BinaryWriter writer, byte level, uint tag, byte[] value)
    {
        writer.Write(level);
        writer.Write(tag);
        writer.Write(value.Length);
        writer.Write(value);
        writer.Write((ushort)value.Sum(octet => octet));
    }
}
