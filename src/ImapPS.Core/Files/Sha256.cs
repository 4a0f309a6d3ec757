using System.Security.Cryptography;

namespace ImapPS.Files;

/// <summary>The SHA-256 of octets that are at hand.</summary>
internal static class Sha256
{
    public static byte[] Of(byte[] octets)
    {
#if NET
        return SHA256.HashData(octets);
#else
        using var hash = SHA256.Create();
        return hash.ComputeHash(octets);
#endif
    }
}
