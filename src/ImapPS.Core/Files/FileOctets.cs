using System.IO;

namespace ImapPS.Files;

/// <summary>What is in files, octet for octet.</summary>
internal static class FileOctets
{
    /// <summary>Whether two files hold the same.</summary>
    public static bool AreSame(FileStream one, FileStream other)
    {
        if (one.Length != other.Length) return false;

        int octet;
        do
        {
            octet = one.ReadByte();
            if (octet != other.ReadByte()) return false;
        }
        while (octet >= 0);
        return true;
    }
}
