using System;
using System.Collections.Generic;

namespace ImapPS.Sandbox;

internal enum SandboxTask
{
    Tour,
    Command,
    File,
    Serve,
    Console,
    Record,
    Picture,
    Pictures,
    Help,
}

/// <summary>What the program was asked to do.</summary>
internal sealed record CommandLine(SandboxTask Task, string Script, IReadOnlyList<string> Arguments, bool ImportModule, bool Connect = true,
    bool OAuth = false, bool Scripted = false)
{
    public const string Usage =
        """
        A disposable Dovecot with a filled mailbox, and PowerShell with the module ImapPS in front of it.

        dotnet run --project tests/Sandbox                            runs examples/Tour.ps1, echoing each statement
        dotnet run --project tests/Sandbox -- script.ps1 [arguments]  runs a script
        dotnet run --project tests/Sandbox -- -c 'statements'         runs statements
        dotnet run --project tests/Sandbox -- console                 opens PowerShell, connected to the server, to play in
        dotnet run --project tests/Sandbox -- record                  types docs/tour-of-the-console.md anew, and writes down what comes back
        dotnet run --project tests/Sandbox -- picture                 makes docs/pictures/report.png anew
        dotnet run --project tests/Sandbox -- pictures                types what docs/pictures/*.svg show, and draws them anew
        dotnet run --project tests/Sandbox -- serve                   prints how to connect as a line of JSON, and serves until its input ends
        dotnet run --project tests/Sandbox -- serve --scripted        the same with a server that needs no Dovecot: in clear, on any system

        --no-module   does not import the module
        --no-connect  leaves it to you to connect the console
        -OAuth        lets you connect the console with an access token, which an authorization server of its own issues
        --help        says this

        Scripts find $Sandbox: Server, Port (STARTTLS), TlsPort, Thumbprint, Credential, UserName, Password.
        The exit code is the script's; 1 when it ended in an error.
        """;

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var rest = new Queue<string>(arguments);
        var importModule = true;
        var connect = true;
        var oauth = false;
        var task = SandboxTask.Tour;
        while (rest.TryDequeue(out var argument))
        {
            switch (argument)
            {
                case "--no-module":
                    importModule = false;
                    break;
                case "--no-connect":
                    connect = false;
                    break;
                case "-OAuth" or "--oauth":
                    oauth = true;
                    break;
                case "console":
                    task = SandboxTask.Console;
                    break;
                case "record":
                    return new CommandLine(SandboxTask.Record, "", [], importModule);
                case "picture":
                    return new CommandLine(SandboxTask.Picture, "", [], importModule);
                case "pictures":
                    return new CommandLine(SandboxTask.Pictures, "", [], importModule);
                case "-h" or "--help":
                    return new CommandLine(SandboxTask.Help, "", [], importModule);
                case "serve":
                    return new CommandLine(SandboxTask.Serve, "", [], importModule, Scripted: rest.Contains("--scripted"));
                case "-c" when rest.Count == 1:
                    return new CommandLine(SandboxTask.Command, rest.Dequeue(), [], importModule);
                case "-c":
                    throw new FormatException("-c takes one argument: quote the statements.");
                case ['-', ..]:
                    throw new FormatException($"There is no option {argument}: --help lists them.");
                default:
                    return new CommandLine(SandboxTask.File, argument, [.. rest], importModule);
            }
        }

        if (!connect && task is not SandboxTask.Console)
        {
            throw new FormatException("--no-connect is for the console: a script connects itself.");
        }

        if (oauth && task is not SandboxTask.Console) throw new FormatException("-OAuth is for the console.");

        return new CommandLine(task, "", [], importModule, connect && !oauth, oauth);
    }
}
