using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Rows;

namespace ImapPS.Benchmarks.Tools;

/// <summary>A program to be measured.</summary>
internal interface ITool
{
    /// <summary>Its name on the page.</summary>
    string Name { get; }

    /// <summary>Whether it can do a row's work.</summary>
    bool Does(Row row);

    /// <summary>Whether it sends a command for each message, so that one run of one pass is enough.</summary>
    bool IsSlow(Row row);

    /// <summary>Puts it on this machine if it is missing, and says which version it is; throws if it cannot be had.</summary>
    Task<string> PrepareAsync(CancellationToken cancellationToken);

    /// <summary>How to start it.</summary>
    Task<ProcessStartInfo> StartAsync(WorkOrder order, CancellationToken cancellationToken);
}
