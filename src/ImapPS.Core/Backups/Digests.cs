using System.Linq;
using System.Text;

namespace ImapPS.Backups;

/// <summary>SHA-256 as text: the name of a message's file.</summary>
internal static class Digests
{
    private const int Length = 64;

    public static string ToText(byte[] hash)
    {
        var text = new StringBuilder(Length);
        foreach (byte octet in hash) text.Append(Digit(octet >> 4)).Append(Digit(octet & 15));
        return text.ToString();
    }

    /// <summary>What the manifest says becomes the name of a file, so it must be nothing else.</summary>
    public static bool IsDigest(string? text) =>
        text is { Length: Length } && text.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f'));

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'a' + value - 10);
}
