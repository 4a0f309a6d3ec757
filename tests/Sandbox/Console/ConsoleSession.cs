using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>
/// The real PowerShell at a terminal, as a user has it: interactive, with PSReadLine, the module imported, and $Sandbox. Home, history and
/// working directory are its own.
/// </summary>
public sealed class ConsoleSession : IAsyncDisposable
{
    /// <summary>What stands at the start of a line that a statement may be typed on.</summary>
    public const string Prompt = "PS> ";

    private const string ContinuationPrompt = ">> ";
    private const string TitlePrefix = "prompt ";

    /// <summary>What a terminal answers to ESC[6n: the cursor is in the upper left corner.</summary>
    private const string CursorPositionAnswer = "\e[1;1R";

    // A console serves one test after the other.
    private static string ResetScript(string directory, string access, string script) =>
        $$"""
        Remove-Item Function:Connect-Imap, Function:Get-ImapAccessToken, Function:Invoke-RestMethod -ErrorAction Ignore
        Get-ImapSession | Disconnect-Imap
        Set-StrictMode -Off
        $ErrorActionPreference = 'Continue'
        Set-Location '{{directory}}'
        Get-ChildItem -Force | Remove-Item -Recurse -Force
        $Sandbox = '{{access}}' | ConvertFrom-Json
        $Sandbox | Add-Member Credential ([pscredential]::new($Sandbox.UserName, (ConvertTo-SecureString $Sandbox.Password -AsPlainText -Force)))
        {{script}}
        $global:Error.Clear()
        """;

    // The title tells how many prompts there have been (a prompt on the screen alone may be the one that was there before), and how many
    // errors.
    private static string StartScript(string console) =>
        $$"""
        . '{{console}}'
        $global:PromptCount = 0
        function prompt {
            [Console]::Write("`e]2;{{TitlePrefix}}$((++$global:PromptCount)) $($global:Error.Count)`a")
            '{{Prompt}}'
        }
        Set-PSReadLineOption -PredictionSource None
        """;

    private readonly string _home;

    private ConsoleSession(Terminal terminal, string home)
    {
        Terminal = terminal;
        _home = home;
    }

    public Terminal Terminal { get; }

    /// <summary>The prompts so far.</summary>
    public int Prompts { get; private set; }

    /// <summary>The errors in $Error at the last prompt that was waited for.</summary>
    public int Errors { get; private set; }

    /// <summary>Where pwsh is, and whatever a statement saves.</summary>
    public string WorkingDirectory => Path.Combine(_home, "work");

    /// <summary>Starts pwsh, and returns at its first prompt.</summary>
    public static async Task<ConsoleSession> StartAsync(SandboxAccess access, CancellationToken cancellationToken, int width = 80)
    {
        var library = await PowerShellTool.FindOrRestoreAsync(cancellationToken);
        var home = Directory.CreateTempSubdirectory("imapps-home-").FullName;
        var work = Directory.CreateDirectory(Path.Combine(home, "work")).FullName;
        var start = Path.Combine(home, "start.ps1");
        var console = Path.Combine(Repository.Root, "tests", "Sandbox", "Console", "Console.ps1");
        await File.WriteAllTextAsync(start, StartScript(console), cancellationToken);
        var terminal = await Terminal.StartAsync(
            new TerminalOptions([PowerShellTool.Host, library, "-NoLogo", "-NoExit", "-File", start])
            {
                Width = width,
                WorkingDirectory = work,
                Environment = new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    ["HOME"] = home,
                    ["XDG_CONFIG_HOME"] = home,
                    ["XDG_DATA_HOME"] = home,
                    ["XDG_CACHE_HOME"] = home,
                    ["POWERSHELL_UPDATECHECK"] = "Off",
                    ["POWERSHELL_TELEMETRY_OPTOUT"] = "1",
                    ["LANG"] = "C.UTF-8",
                    ["TZ"] = "UTC",
                    [SandboxAccess.EnvironmentVariable] = access.ToJson(),
                },
            },
            cancellationToken);
        var session = new ConsoleSession(terminal, home);
        try
        {
            await session.WaitForPromptAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Types a statement on a clear screen, presses Enter, and leaves it at that. Line feeds in it are Enter too.</summary>
    public async Task EnterAsync(string statement, CancellationToken cancellationToken)
    {
        await ClearAsync(cancellationToken);
        foreach (var line in statement.ReplaceLineEndings("\n").Split('\n'))
        {
            await Terminal.TypeAsync(line, cancellationToken);
            await Terminal.PressAsync("Enter", cancellationToken);
        }
    }

    /// <summary>Types a statement, and waits for the next prompt; what the console printed in between, line by line.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(string statement, CancellationToken cancellationToken)
    {
        await EnterAsync(statement, cancellationToken);
        return Output(await WaitForPromptAsync(cancellationToken), statement);
    }

    /// <summary>
    /// Makes the console as new, for this mailbox, and runs a script in it whose variables and functions stay. What it shows is not looked
    /// at.
    /// </summary>
    public async Task SetUpAsync(SandboxAccess access, string script, CancellationToken cancellationToken)
    {
        var setup = ResetScript(WorkingDirectory, access.ToJson(), script);
        await File.WriteAllTextAsync(Path.Combine(_home, "setup.ps1"), setup, cancellationToken);
        await RunAsync(". ~/setup.ps1", cancellationToken);
    }

    /// <summary>Whether there is a prompt that was not there at the last wait.</summary>
    public bool IsNewPrompt(Screen screen) =>
        Read(screen.Title).Prompts > Prompts
        && screen.Column == Prompt.Length
        && string.Equals(screen.CursorLine, Prompt.TrimEnd(), StringComparison.Ordinal);

    /// <summary>Waits until the cursor is behind a prompt that was not there at the last wait.</summary>
    public async Task<Screen> WaitForPromptAsync(CancellationToken cancellationToken, TimeSpan? patience = null)
    {
        var screen = await Terminal.WaitForAsync(
            screen => IsNewPrompt(screen), "A prompt", cancellationToken, patience);
        Note(screen);
        return screen;
    }

    /// <summary>Presses Ctrl+C, and waits for the prompt: not for as long as a cmdlet may take that ends by itself.</summary>
    public async Task<Screen> InterruptAsync(CancellationToken cancellationToken)
    {
        await Terminal.PressAsync("C-c", cancellationToken);
        try
        {
            return await WaitForPromptAsync(cancellationToken, TimeSpan.FromSeconds(15));
        }
        catch (TimeoutException)
        {
            // A fault of PowerShell's, with or without the module (Write-Progress, and lines written below it): to draw the progress it
            // asks the terminal where the cursor is (ESC[6n). A Ctrl+C discards what is under way on a tty, question and answer alike, and
            // .NET then reads for ever: Console.CursorLeft is where the stack stands. Another Ctrl+C is of no use; the answer, given again,
            // is.
            await Terminal.TypeAsync(CursorPositionAnswer, cancellationToken);
            return await WaitForPromptAsync(cancellationToken, TimeSpan.FromSeconds(15));
        }
    }

    /// <summary>What stands on the screen below the statement, up to the prompt.</summary>
    public IReadOnlyList<string> Output(Screen screen, string statement)
    {
        var typed = statement.ReplaceLineEndings("\n").Split('\n')
            .Select((line, index) => (index == 0 ? Prompt : ContinuationPrompt).Length + line.Length)
            .Sum(length => (length / Terminal.Width) + 1);
        var lines = screen.Lines.Skip(typed).Take(screen.ScrolledAway + screen.Row - typed).ToList();
        while (lines is [.., ""]) lines.RemoveAt(lines.Count - 1);
        return lines;
    }

    public async ValueTask DisposeAsync()
    {
        await Terminal.DisposeAsync();
        if (Directory.Exists(_home)) Directory.Delete(_home, recursive: true);
    }

    /// <summary>Leaves nothing on the screen but a prompt, which PSReadLine asks for anew.</summary>
    private async Task ClearAsync(CancellationToken cancellationToken)
    {
        await Terminal.PressAsync("C-l", cancellationToken);
        await WaitForPromptAsync(cancellationToken);
        await Terminal.ClearHistoryAsync(cancellationToken);
    }

    private static (int Prompts, int Errors) Read(string title) =>
        title.StartsWith(TitlePrefix, StringComparison.Ordinal) && title[TitlePrefix.Length..].Split(' ') is [var prompts, var errors]
            ? (int.Parse(prompts, CultureInfo.InvariantCulture), int.Parse(errors, CultureInfo.InvariantCulture))
            : (0, 0);

    private void Note(Screen screen) => (Prompts, Errors) = Read(screen.Title);
}
