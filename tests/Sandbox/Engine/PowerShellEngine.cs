using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>
/// PowerShell's own engine in this process, behind a host that pretends to be a console. One script at a time; what a script defines
/// is there for the next.
/// </summary>
public sealed class PowerShellEngine : IDisposable
{
    private readonly SandboxHost _host;
    private readonly SandboxUserInterface _userInterface;
    private readonly Runspace _runspace;
    private volatile PowerShell? _running;

    public PowerShellEngine(EngineOptions? options = null)
    {
        options ??= new EngineOptions();
        _userInterface = new SandboxUserInterface(options, Prompts);
        _host = new SandboxHost(options, _userInterface);

        // As pwsh does: the core is there, and the other modules load with their first cmdlet.
        _runspace = RunspaceFactory.CreateRunspace(_host, InitialSessionState.CreateDefault2());
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
        SetCulture(options.Culture);
        if (options.ImportModule) Import(Repository.Manifest);
    }

    /// <summary>The answers that scripts get, and the questions that they asked.</summary>
    public SandboxPrompts Prompts { get; } = new();

    /// <summary>What a script gave to exit; null as long as none did.</summary>
    public int? ExitCode => _host.ExitCode;

    /// <summary>Runs a script and returns what came down each of its streams.</summary>
    public EngineResult Invoke(string script, IDictionary<string, object?>? variables = null) =>
        InvokeAsync(script, variables).GetAwaiter().GetResult();

    /// <summary>Runs a script and returns what came down each of its streams; cancelling stops it as Ctrl+C does.</summary>
    public async Task<EngineResult> InvokeAsync(
        string script,
        IDictionary<string, object?>? variables = null,
        CancellationToken cancellationToken = default)
    {
        using var powerShell = Create(variables).AddScript(script, useLocalScope: false);
        return await RunAsync(powerShell, cancellationToken);
    }

    /// <summary>
    /// What a console would show of a script: its output and errors formatted, with warnings and verbose lines among them.
    /// </summary>
    public string Format(string script, IDictionary<string, object?>? variables = null) =>
        FormatAsync(script, variables).GetAwaiter().GetResult();

    /// <inheritdoc cref="Format"/>
    public async Task<string> FormatAsync(
        string script,
        IDictionary<string, object?>? variables = null,
        CancellationToken cancellationToken = default)
    {
        using var screen = new StringWriter(CultureInfo.InvariantCulture);
        await ShowAsync(script, screen, screen, variables, cancellationToken);
        return screen.ToString();
    }

    /// <summary>Runs a script as a console does, printing as it goes.</summary>
    public async Task<EngineResult> ShowAsync(
        string script,
        TextWriter output,
        TextWriter error,
        IDictionary<string, object?>? variables = null,
        CancellationToken cancellationToken = default)
    {
        using var powerShell = Create(variables).AddScript(script, useLocalScope: false);
        return await ShowAsync(powerShell, output, error, cancellationToken);
    }

    /// <summary>Runs a script file as `pwsh -File` does, printing as it goes.</summary>
    public async Task<EngineResult> ShowFileAsync(
        string path,
        IReadOnlyList<string> arguments,
        TextWriter output,
        TextWriter error,
        IDictionary<string, object?>? variables = null,
        CancellationToken cancellationToken = default)
    {
        using var powerShell = Create(variables).AddCommand(path, useLocalScope: false);
        foreach (var argument in arguments) powerShell.Commands.Commands[0].Parameters.Add(AsTyped(argument));
        return await ShowAsync(powerShell, output, error, cancellationToken);
    }

    /// <summary>A variable of the session's; null where there is none.</summary>
    public object? GetVariable(string name) => _runspace.SessionStateProxy.GetVariable(name);

    /// <summary>Stops the script that runs, as Ctrl+C does, and returns when it has ended.</summary>
    public async Task StopAsync()
    {
        if (_running is not { } powerShell) return;

        // There is no result for a script that ends at once; PowerShell's own StopAsync fails then.
        IAsyncResult? stopping = powerShell.BeginStop(callback: null, state: null);
        if (stopping is not null) await Task.Factory.FromAsync(stopping, powerShell.EndStop);
    }

    public void Dispose() => _runspace.Dispose();

    // A console takes its process's culture; here it is the engine thread's own.
    private void SetCulture(CultureInfo culture)
    {
        using var powerShell = PowerShell.Create(_runspace)
            .AddScript("param($culture) [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = $culture", useLocalScope: true)
            .AddArgument(culture);
        powerShell.Invoke();
    }

    private void Import(string manifest)
    {
        using var powerShell = Create(variables: null).AddCommand("Import-Module").AddParameter("Name", manifest)
            .AddParameter("ErrorAction", "Stop");
        powerShell.Invoke();
    }

    private PowerShell Create(IDictionary<string, object?>? variables)
    {
        foreach (var (name, value) in variables ?? new Dictionary<string, object?>(StringComparer.Ordinal))
            _runspace.SessionStateProxy.SetVariable(name, value);
        return PowerShell.Create(_runspace);
    }

    // As on a command line: -Name is a parameter, whose value follows it behind a colon or as the next argument.
    private static CommandParameter AsTyped(string argument)
    {
        if (argument.Length < 2 || argument[0] != '-' || !char.IsLetter(argument[1])) return new CommandParameter(name: null, argument);
        var colon = argument.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? new CommandParameter(argument) : new CommandParameter(argument[..(colon + 1)], argument[(colon + 1)..]);
    }

    private async Task<EngineResult> ShowAsync(PowerShell powerShell, TextWriter output, TextWriter error,
        CancellationToken cancellationToken)
    {
        // As a console merges them: errors reach the formatter among the output, each marked as what it is.
        powerShell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        powerShell.AddCommand("Out-Default");
        (_userInterface.Output, _userInterface.Error) = (output, error);
        try
        {
            var result = await RunAsync(powerShell, cancellationToken);
            if (result.TerminatingError is { } last) await ShowErrorAsync(new ErrorRecord(last, result.Exception));
            return result;
        }
        finally
        {
            (_userInterface.Output, _userInterface.Error) = (TextWriter.Null, TextWriter.Null);
        }
    }

    private async Task ShowErrorAsync(ErrorRecord error)
    {
        var shown = new PSObject(error);
        shown.Properties.Add(new PSNoteProperty("writeErrorStream", value: true));
        using var powerShell = Create(variables: null).AddCommand("Out-Default").AddParameter("InputObject", shown);
        await RunAsync(powerShell, CancellationToken.None);
    }

    private async Task<EngineResult> RunAsync(PowerShell powerShell, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var output = new PSDataCollection<PSObject>();
        Exception? end = null;
        try
        {
            // A stop before the start would be forgotten.
            var invocation = powerShell.InvokeAsync<PSObject, PSObject>(input: null, output);
            _running = powerShell;
            await using var registration = cancellationToken.Register(() => powerShell.BeginStop(callback: null, state: null));
            await invocation;
        }
        catch (RuntimeException exception)
        {
            end = exception;
        }
        finally
        {
            _running = null;
        }

        var streams = powerShell.Streams;
        return new EngineResult
        {
            Output = [.. output],
            Errors = [.. streams.Error],
            Warnings = [.. streams.Warning.Select(record => record.Message)],
            Verbose = [.. streams.Verbose.Select(record => record.Message)],
            Information = [.. streams.Information],
            Progress = [.. streams.Progress],
            Exception = end,
        };
    }
}
