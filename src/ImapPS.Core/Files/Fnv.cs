namespace ImapPS.Files;

/// <summary>FNV-1a, 64 bits: a hash for tables, and not for secrets.</summary>
internal static class Fnv
{
    public const ulong Start = 14_695_981_039_346_656_037;

    public static ulong Add(ulong hash, uint value) => (hash ^ value) * 1_099_511_628_211;
}
