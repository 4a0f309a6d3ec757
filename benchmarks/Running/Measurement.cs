using System.Collections.Generic;

namespace ImapPS.Benchmarks.Running;

/// <summary>What one run of one process showed.</summary>
/// <param name="Whole">Seconds from its start to its end.</param>
/// <param name="Passes">Seconds of each pass, as the process measured them.</param>
/// <param name="Parts">Seconds of the named parts of a pass.</param>
/// <param name="PeakKilobytes">The most memory that it had.</param>
/// <param name="CpuSeconds">Processor time, the system's included.</param>
internal sealed record Measurement(
    double Whole,
    IReadOnlyList<double> Passes,
    IReadOnlyDictionary<string, double> Parts,
    long PeakKilobytes,
    double CpuSeconds);
