using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>Debian's Chromium without a window: what a page looks like, what it complains of, and what it asks for.</summary>
public static partial class HeadlessBrowser
{
    // The program without its window's libraries; and a font like those that people have, since a machine for tests may have none.
    private static readonly string[] _packages = ["chromium-headless-shell", "fonts-inter", "fonts-dejavu-core"];

    private const string Fonts =
        """
        <?xml version="1.0"?>
        <!DOCTYPE fontconfig SYSTEM "fonts.dtd">
        <fontconfig>
          <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
          <match target="pattern">
            <test name="family" compare="not_eq"><string>DejaVu Sans Mono</string></test>
            <edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit>
          </match>
        </fontconfig>
        """;

    /// <summary>Opens a page of this machine.</summary>
    /// <param name="page">The file.</param>
    /// <param name="view">How it is looked at.</param>
    /// <param name="picture">Where the picture goes, as PNG.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static async Task<BrowserVisit> OpenAsync(string page, BrowserView view, string picture, CancellationToken cancellationToken)
    {
        var browser = await DebianPackage.FindOrInstallAsync(
            () => Directory.Exists("/usr/share/fonts/opentype/inter") ? DebianPackage.Which("chromium-headless-shell") : null,
            _packages,
            cancellationToken);
        var directory = Directory.CreateTempSubdirectory("imapps-browser-");
        try
        {
            var log = Path.Combine(directory.FullName, "requests.json");
            var address = new Uri(page).AbsoluteUri;
            string[] arguments =
            [
                "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
                "--disable-background-networking", "--disable-component-update", "--disable-sync", "--metrics-recording-only",
                "--enable-logging=stderr", "--lang=en-US",
                $"--user-data-dir={Path.Combine(directory.FullName, "profile")}",
                $"--log-net-log={log}",
                $"--blink-settings=preferredColorScheme={(view.IsDark ? 0 : 1)}",
                string.Create(CultureInfo.InvariantCulture, $"--force-device-scale-factor={view.Scale}"),
                string.Create(CultureInfo.InvariantCulture, $"--window-size={view.Width},{view.Height}"),
                $"--screenshot={picture}",
                address,
            ];
            var fonts = Path.Combine(directory.FullName, "fonts.conf");
            await File.WriteAllTextAsync(fonts, Fonts, cancellationToken);
            var said = await RunAsync(browser, arguments, fonts, cancellationToken);
            var asked = Requests(await File.ReadAllTextAsync(log, cancellationToken)).Where(request => request != address);
            return new BrowserVisit(
                [.. said.Split('\n').Where(line => Complaint().IsMatch(line))], [.. asked.Distinct(StringComparer.Ordinal)]);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string browser, string[] arguments, string fonts, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(browser, arguments)
        {
            Environment = { ["FONTCONFIG_FILE"] = fonts },
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0) throw new InvalidOperationException($"{browser} failed: {await errors}");

            return await errors + await output;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    /// <summary>The addresses of a network log, which is cut off where the browser ended in the midst of it.</summary>
    private static IEnumerable<string> Requests(string log) => Address().Matches(log)
        .Select(match => JsonSerializer.Deserialize<string>($"\"{match.Groups["url"].Value}\"")!);

    [GeneratedRegex(@"\bCONSOLE\b|Refused to|Content Security Policy|ERR_")]
    private static partial Regex Complaint();

    [GeneratedRegex(@"""url"":""(?<url>(?:[^""\\]|\\.)*)""")]
    private static partial Regex Address();
}

/// <summary>How a page is looked at.</summary>
public sealed record BrowserView(int Width, int Height, bool IsDark = false, double Scale = 1);

/// <summary>What came of looking at a page.</summary>
/// <param name="Complaints">What stands in the browser's console.</param>
/// <param name="Requests">What it asked for, beside the page itself.</param>
public sealed record BrowserVisit(IReadOnlyList<string> Complaints, IReadOnlyList<string> Requests);
