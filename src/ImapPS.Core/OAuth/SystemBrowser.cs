using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using ImapPS.Errors;

namespace ImapPS.OAuth;

/// <summary>The browser of whoever sits at this computer.</summary>
internal static class SystemBrowser
{
    /// <summary>Opens an address. The tests put a client of their own here.</summary>
    public static Action<Uri> Open { get; set; } = OpenReal;

    private static void OpenReal(Uri address)
    {
        if (IsRemote || !HasDesktop) throw Failures.NoBrowser(inner: null);

        try
        {
            using Process? opener = Process.Start(Start(address.AbsoluteUri));
        }
        catch (Exception missing) when (missing is Win32Exception or InvalidOperationException)
        {
            throw Failures.NoBrowser(missing);
        }
    }

    private static bool IsRemote => Has("SSH_CONNECTION") || Has("SSH_TTY") || Has("SSH_CLIENT");

    private static bool HasDesktop => RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
        ? Has("DISPLAY") || Has("WAYLAND_DISPLAY")
        : Environment.UserInteractive;

    // The address holds the challenge, of which nobody makes the verifier: it may stand in a list of processes.
    private static ProcessStartInfo Start(string address) =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? new ProcessStartInfo(address) { UseShellExecute = true }
        : new ProcessStartInfo(RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? "open" : "xdg-open", $"\"{address}\"")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    private static bool Has(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
