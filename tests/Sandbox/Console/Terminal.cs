using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>
/// A program at a pseudo-terminal: keys in, screen out. The terminal is tmux's, on a server of its own that goes with it; Debian's tmux is
/// installed where it is missing and can be.
/// </summary>
public sealed class Terminal : IAsyncDisposable
{
    private const int HistoryLines = 20_000;
    private static readonly TimeSpan _pollInterval = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);

    private readonly string _program;
    private readonly string _directory;

    private Terminal(string program, string directory, int width)
    {
        _program = program;
        _directory = directory;
        Width = width;
    }

    /// <summary>Columns.</summary>
    public int Width { get; }

    /// <summary>Starts a program. It ends when this is disposed of.</summary>
    public static async Task<Terminal> StartAsync(TerminalOptions options, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("The terminal is tmux's, which needs Linux or macOS: use WSL or a container.");
        }

        var program = await DebianPackage.FindOrInstallAsync(() => DebianPackage.Which("tmux"), ["tmux"], cancellationToken);
        var terminal = new Terminal(program, Directory.CreateTempSubdirectory("imapps-tty-").FullName, options.Width);
        await terminal.StartProgramAsync(options, cancellationToken);
        return terminal;
    }

    /// <summary>Types text, as it is.</summary>
    public Task TypeAsync(string text, CancellationToken cancellationToken) =>
        TmuxAsync(["send-keys", "-l", "--", text], cancellationToken);

    /// <summary>Presses keys by tmux's names: Enter, Tab, C-c.</summary>
    public Task PressAsync(string key, CancellationToken cancellationToken) => TmuxAsync(["send-keys", key], cancellationToken);

    /// <summary>Forgets what has scrolled away.</summary>
    public Task ClearHistoryAsync(CancellationToken cancellationToken) => TmuxAsync(["clear-history"], cancellationToken);

    /// <summary>What the terminal shows now.</summary>
    public Task<Screen> ReadAsync(CancellationToken cancellationToken) => ReadAsync([], cancellationToken);

    /// <summary>The same, but each line as the program wrote it: what did not fit is one line again.</summary>
    public Task<Screen> ReadUnwrappedAsync(CancellationToken cancellationToken) => ReadAsync(["-J"], cancellationToken);

    /// <summary>What the terminal shows now, as text with an escape sequence (SGR) wherever the colour changes.</summary>
    public Task<string> ReadColouredAsync(CancellationToken cancellationToken) =>
        TmuxAsync(["capture-pane", "-p", "-e", "-S", "-"], cancellationToken);

    /// <summary>
    /// Waits until the screen is as it is to be. What does not come is an error that shows the screen; how long a wait may take is no
    /// matter of the test's.
    /// </summary>
    public async Task<Screen> WaitForAsync(Func<Screen, bool> condition, string expected, CancellationToken cancellationToken,
        TimeSpan? patience = null)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            var screen = await ReadAsync(cancellationToken);
            if (condition(screen)) return screen;
            if (screen.IsDead) throw new InvalidOperationException($"The program ended before {expected} came. The screen:\n{screen}");
            if (waiting.Elapsed > (patience ?? _patience)) throw new TimeoutException($"{expected} did not come. The screen:\n{screen}");
            await Task.Delay(_pollInterval, cancellationToken);
        }
    }

    /// <summary>Hangs up on the program.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Directory.Exists(_directory)) return;
        try
        {
            await TmuxAsync(["kill-server"], CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            // Its program had ended, and the server with it.
        }

        Directory.Delete(_directory, recursive: true);
    }

    private async Task<Screen> ReadAsync(string[] options, CancellationToken cancellationToken)
    {
        var output = await TmuxAsync(
            ["display-message", "-p", "#{cursor_x} #{cursor_y} #{history_size} #{pane_dead} #{pane_title}", ";",
                "capture-pane", "-p", "-S", "-", .. options],
            cancellationToken);
        var lines = output.Split('\n');
        var state = lines[0].Split(' ', 5);
        return new Screen(
            [.. lines.Skip(1).Select(line => line.TrimEnd())],
            Number(state[2]),
            Number(state[0]),
            Number(state[1]),
            state[3] is "1",
            state.ElementAtOrDefault(4) ?? "");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private async Task StartProgramAsync(TerminalOptions options, CancellationToken cancellationToken)
    {
        var configuration = Path.Combine(_directory, "tmux.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            set -g history-limit {HistoryLines}
            set -g default-terminal screen-256color
            set -g remain-on-exit on
            set -g status off
            set -s escape-time 0

            """,
            cancellationToken);
        var size = new[]
        {
            "-x",
            options.Width.ToString(CultureInfo.InvariantCulture),
            "-y",
            options.Height.ToString(CultureInfo.InvariantCulture),
        };
        var environment = options.Environment.SelectMany(variable => new[] { "-e", $"{variable.Key}={variable.Value}" });
        await TmuxAsync(["new-session", "-d", .. size, "-c", options.WorkingDirectory, .. environment, "--", .. options.Command],
            cancellationToken, "-f", configuration);
    }

    private Task<string> TmuxAsync(IEnumerable<string> command, CancellationToken cancellationToken, params string[] options) =>
        Tool.RunAsync(_program, ["-u", "-S", Path.Combine(_directory, "tmux"), .. options, .. command], cancellationToken);
}

/// <summary>What is started at a terminal of what size.</summary>
public sealed record TerminalOptions(IReadOnlyList<string> Command)
{
    /// <summary>Columns.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Lines.</summary>
    public int Height { get; init; } = 40;

    public string WorkingDirectory { get; init; } = Path.GetTempPath();

    /// <summary>What the program finds in its environment, besides what this process has in its own.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>
/// What a terminal shows: its lines with those that have scrolled away before them, where the cursor is, the title, and whether the program
/// has ended.
/// </summary>
public sealed record Screen(IReadOnlyList<string> Lines, int ScrolledAway, int Column, int Row, bool IsDead, string Title)
{
    /// <summary>The line that the cursor is on.</summary>
    public string CursorLine => ScrolledAway + Row < Lines.Count ? Lines[ScrolledAway + Row] : "";

    public override string ToString() => string.Join('\n', Lines).TrimEnd();
}
