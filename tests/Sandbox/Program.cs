using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

internal static class Program
{
    private const int Interrupted = 130;
    private const int RedirectedWidth = 120;
    private const string Succeeded = "SandboxSucceeded";

    private static async Task<int> Main(string[] arguments)
    {
        Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            var commandLine = CommandLine.Parse(arguments);
            if (commandLine.Task is not SandboxTask.Help) return await RunAsync(commandLine, interruption.Token);
            Console.WriteLine(CommandLine.Usage);
            return 0;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception exception)
            when (exception is FormatException or InvalidOperationException or IOException or PlatformNotSupportedException)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            interruption.Cancel();
        }
    }

    private static async Task<int> RunAsync(CommandLine commandLine, CancellationToken cancellationToken)
    {
        if (commandLine.Task is SandboxTask.File && !File.Exists(commandLine.Script))
        {
            throw new FileNotFoundException($"There is no {commandLine.Script}.");
        }

        if (commandLine.Scripted)
        {
            await using var scripted = ScriptedDemo.Start(DateTimeOffset.Now);
            return await ServeAsync(ScriptedDemo.Access(scripted), cancellationToken);
        }

        await using var issuer = commandLine.OAuth ? await AuthorizationServer.StartAsync(cancellationToken) : null;
        if (issuer is not null) issuer.ApprovesDevices = false;
        await using var server = await DovecotServer.StartAsync(issuer?.DovecotOptions, cancellationToken);
        switch (commandLine.Task)
        {
            case SandboxTask.Picture:
                await ReportPicture.MakeAsync(server, cancellationToken);
                return 0;
            case SandboxTask.Pictures:
                await ConsolePictures.MakeAsync(server, cancellationToken);
                return 0;
        }

        var user = server.CreateUser("alice");
        DemoMailbox.Fill(user, DateTimeOffset.Now);
        var access = SandboxAccess.For(user);
        switch (commandLine.Task)
        {
            case SandboxTask.Serve:
                return await ServeAsync(access, cancellationToken);
            case SandboxTask.Console:
                return await OpenConsoleAsync(access with { Issuer = issuer?.Issuer }, commandLine);
            case SandboxTask.Record:
                await TourPage.RecordAsync(access, cancellationToken);
                return 0;
        }

        using var engine = new PowerShellEngine(new EngineOptions
        {
            ImportModule = commandLine.ImportModule,
            NonInteractive = true,
            Ansi = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
            Width = Console.IsOutputRedirected || Console.WindowWidth <= 0 ? RedirectedWidth : Console.WindowWidth,
        });
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal) { ["Sandbox"] = access };
        var exitCode = commandLine.Task switch
        {
            SandboxTask.Command => await RunCommandAsync(engine, commandLine.Script, variables, cancellationToken),
            SandboxTask.File => await RunFileAsync(engine, commandLine, variables, cancellationToken),
            _ => await RunTourAsync(engine, variables, cancellationToken),
        };
        return cancellationToken.IsCancellationRequested ? Interrupted : exitCode;
    }

    private static async Task<int> ServeAsync(SandboxAccess access, CancellationToken cancellationToken)
    {
        await Console.Out.WriteLineAsync(access.ToJson());
        await Console.Out.FlushAsync(cancellationToken);

        // A console's reader blocks, whatever it is called.
        await Task.Run(() => Console.OpenStandardInput().CopyTo(Stream.Null), CancellationToken.None).WaitAsync(cancellationToken);
        return 0;
    }

    // Ctrl+C is PowerShell's, whose process group is ours too: it ends a pipeline there, and nothing here.
    private static Task<int> OpenConsoleAsync(SandboxAccess access, CommandLine commandLine)
    {
        var script = Path.Combine(Repository.Root, "tests", "Sandbox", "Console", "Greeting.ps1");
        string[] options = commandLine.Connect ? [] : ["-NoConnect"];
        var environment = new Dictionary<string, string>(StringComparer.Ordinal) { [SandboxAccess.EnvironmentVariable] = access.ToJson() };
        return PowerShellTool.RunAsync(["-NoLogo", "-NoExit", "-File", script, .. options], environment, CancellationToken.None);
    }

    private static async Task<int> RunTourAsync(PowerShellEngine engine, Dictionary<string, object?> variables,
        CancellationToken cancellationToken)
    {
        var path = Path.Combine(Repository.Root, "examples", "Tour.ps1");
        return await Tour.RunAsync(engine, path, Console.Out, variables, cancellationToken) ? 0 : 1;
    }

    // As pwsh does: an `exit` counts first, then whether the last statement succeeded.
    private static async Task<int> RunCommandAsync(
        PowerShellEngine engine,
        string script,
        Dictionary<string, object?> variables,
        CancellationToken cancellationToken)
    {
        var result = await engine.ShowAsync($"{script}\n$global:{Succeeded} = $?", Console.Out, Console.Error,
            variables, cancellationToken);
        if (engine.ExitCode is { } code) return code;
        return result.Exception is null && engine.GetVariable(Succeeded) is not false ? 0 : 1;
    }

    private static async Task<int> RunFileAsync(
        PowerShellEngine engine,
        CommandLine commandLine,
        Dictionary<string, object?> variables,
        CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(commandLine.Script);
        var result = await engine.ShowFileAsync(path, commandLine.Arguments, Console.Out, Console.Error, variables, cancellationToken);
        if (result.Exception is not null) return 1;
        return engine.ExitCode ?? engine.GetVariable("LASTEXITCODE") as int? ?? 0;
    }
}
