using System;

namespace ImapPS.Administration;

/// <summary>The units of quotas: on the line, storage comes in 1,024 octets (RFC 9208, 5).</summary>
internal static class QuotaUnits
{
    private const long Unit = 1024;

    /// <summary>True for a resource that is counted in octets.</summary>
    public static bool IsStorage(string resource) =>
        resource.EndsWith("STORAGE", StringComparison.OrdinalIgnoreCase);

    /// <summary>What a number on the line means.</summary>
    public static long FromWire(string resource, long number) =>
        !IsStorage(resource) ? number : number > long.MaxValue / Unit ? long.MaxValue : number * Unit;

    /// <summary>The number on the line. A part of a unit is one.</summary>
    public static long ToWire(string resource, long number) =>
        !IsStorage(resource) ? number : (number / Unit) + (number % Unit > 0 ? 1 : 0);

    public static double Percent(long usage, long limit) => limit > 0 ? Math.Round(usage * 100.0 / limit, 1) : usage > 0 ? 100 : 0;
}
