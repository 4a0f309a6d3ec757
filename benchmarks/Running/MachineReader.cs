using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Benchmarks.Report;
using ImapPS.Benchmarks.Tools;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks.Running;

/// <summary>Says which machine this is.</summary>
internal static class MachineReader
{
    public static async Task<Machine> ReadAsync(CancellationToken cancellationToken)
    {
        var dovecot = await DebianTool.FindAsync("dovecot", ["dovecot-imapd"], cancellationToken);
        return new Machine(
            Field("/proc/cpuinfo", "model name"),
            Environment.ProcessorCount,
            Field("/proc/meminfo", "MemTotal"),
            $"{Field("/etc/os-release", "PRETTY_NAME")}, kernel {await Tool.RunAsync("uname", ["-r"], cancellationToken)}",
            RuntimeInformation.FrameworkDescription,
            await Tool.RunAsync(dovecot, ["--version"], cancellationToken));
    }

    /// <summary>The commit that is checked out.</summary>
    public static async Task<string> CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Tool.RunAsync("git", ["describe", "--always", "--dirty"], cancellationToken, Repository.Root);
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }

    /// <summary>Whether others use the machine, too: more than its cores can do makes all numbers too large.</summary>
    public static string Load()
    {
        var minute = double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);
        var busy = string.Create(CultureInfo.InvariantCulture, $"The load before it was {minute:F1}");
        return minute > Environment.ProcessorCount ? busy + ": others used the machine as well, so all numbers are too large." : busy + ".";
    }

    private static string Field(string path, string name) => File.ReadLines(path)
        .Where(line => line.StartsWith(name, StringComparison.Ordinal))
        .Select(line => line[(line.IndexOfAny([':', '=']) + 1)..].Trim(' ', '\t', '"'))
        .FirstOrDefault("unknown");
}
