using System;
using System.ComponentModel;
using System.Diagnostics;
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

#if NET
    private static bool HasDesktop => OperatingSystem.IsLinux() ? Has("DISPLAY") || Has("WAYLAND_DISPLAY") : Environment.UserInteractive;

    // The address holds the challenge, of which nobody makes the verifier: it may stand in a list of processes.
    private static ProcessStartInfo Start(string address) =>
        OperatingSystem.IsWindows() ? new ProcessStartInfo(address) { UseShellExecute = true }
        : new ProcessStartInfo(OperatingSystem.IsMacOS() ? "open" : "xdg-open", [address])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
#else
    private static bool HasDesktop => Environment.UserInteractive;

    private static ProcessStartInfo Start(string address) => new(address) { UseShellExecute = true };
#endif

    private static bool Has(string variable) => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
