using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using ImapPS.Errors;
using ImapPS.Sessions;

namespace ImapPS.Tests.Fuzzing;

/// <summary>What a run of the fuzzer came upon: the faults, one of each kind, and how far the cases got.</summary>
internal sealed class Findings
{
    /// <summary>Where the report of a run goes.</summary>
    public const string ReportVariable = "IMAPPS_TEST_REPORT";

    private readonly ConcurrentDictionary<string, string> _faults = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _ends = new(StringComparer.Ordinal);
    private readonly Stopwatch _elapsed = Stopwatch.StartNew();
    private long _peak;
    private int _count;

    /// <summary>How a case ended.</summary>
    public void Count(string end)
    {
        _ends.AddOrUpdate(end, 1, (_, count) => count + 1);
        if (Interlocked.Increment(ref _count) % 50 != 0) return;

        long heap = GC.GetTotalMemory(forceFullCollection: false);
        if (heap > Volatile.Read(ref _peak)) Volatile.Write(ref _peak, heap);
    }

    /// <summary>Takes an exception: true when it is one that a user can make something of.</summary>
    public bool Expects(Exception failure, Func<string> specimen)
    {
        ImapException known = Translation.Translate(failure);

        // Nobody has given an argument that could be wrong, and what MailKit stumbles over must not hide what we do.
        bool isForeseen = known.Id is not (ImapErrorId.Unexpected or ImapErrorId.ArgumentInvalid)
            && (failure.GetBaseException() is not { } first || !UnreadableResponseException.IsStumble(first) || !IsOurs(first));
        if (!isForeseen) Add($"{failure.GetType().Name} {Place(failure)}", () => $"{failure}\n{specimen()}");
        return isForeseen;
    }

    /// <summary>Notes a fault; of each kind the first.</summary>
    public void Add(string kind, Func<string> specimen)
    {
        if (!_faults.ContainsKey(kind)) _faults.TryAdd(kind, specimen());
    }

    /// <summary>Writes the report, and fails when there are faults.</summary>
    public void Conclude()
    {
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture, $"{_count} cases in {_elapsed.Elapsed.TotalSeconds:F1} s ("
            + $"{_elapsed.Elapsed.TotalMilliseconds / Math.Max(_count, 1):F1} ms each), {_peak / 1024.0 / 1024:F0} MB of heap at the most");
        foreach ((string end, int count) in _ends.OrderByDescending(end => end.Value))
        {
            report.AppendLine(CultureInfo.InvariantCulture, $"{count,8} {end}");
        }

        foreach ((string kind, string specimen) in _faults) report.Append("== ").AppendLine(kind).AppendLine(specimen);
        if (Environment.GetEnvironmentVariable(ReportVariable) is { Length: > 0 } path) File.WriteAllText(path, report.ToString());
        Assert.True(_faults.IsEmpty, report.ToString());
    }

    private static bool IsOurs(Exception failure)
    {
        string? first = failure.StackTrace?.Split('\n').FirstOrDefault(line => !line.Contains(" System.", StringComparison.Ordinal));
        return first?.Contains(" ImapPS.", StringComparison.Ordinal) == true;
    }

    /// <summary>Where an exception comes from, in our own code.</summary>
    private static string Place(Exception failure) =>
        (failure.InnerException ?? failure).StackTrace?.Split('\n')
            .FirstOrDefault(line => line.Contains("ImapPS.", StringComparison.Ordinal))?.Split(" in ")[0].Trim() ?? string.Empty;
}
