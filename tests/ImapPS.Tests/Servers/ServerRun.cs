using System.Management.Automation;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Servers;

/// <summary>The forty statements at one server, and what came of each.</summary>
/// <param name="Name">What people call the server.</param>
/// <param name="Version">Its makers' version.</param>
/// <param name="Results">By statement: its output, or the id of its first error.</param>
/// <param name="Failed">The statements that ended in an error.</param>
/// <param name="Exchanges">By statement: what was said to the server, as the module logged it.</param>
public sealed partial record ServerRun(
    string Name,
    string Version,
    IReadOnlyDictionary<string, string> Results,
    IReadOnlySet<string> Failed,
    IReadOnlyDictionary<string, string> Exchanges)
{
    private static readonly TimeSpan _betweenLooks = TimeSpan.FromMilliseconds(30);

    public static async Task<ServerRun> OfAsync(Func<CancellationToken, Task<IMailServer>> start, CancellationToken cancellationToken)
    {
        await using IMailServer server = await start(cancellationToken);
        MailLogin user = await server.AddUserAsync(cancellationToken);
        await ServerMail.FillAsync(server, user, cancellationToken);

        string directory = Directory.CreateTempSubdirectory("imapps-servers-").FullName;
        string log = Path.Combine(directory, "imap.log");
        string file = Path.Combine(directory, "message.eml");
        await File.WriteAllBytesAsync(file, ServerMail.FromFile, cancellationToken);
        Dictionary<string, object?> variables = new(StringComparer.Ordinal)
        {
            ["port"] = server.Port,
            ["credential"] = new SandboxAccess("127.0.0.1", server.Port, 0, "", user.Name, user.Password).Credential,
            ["p"] = server.Prefix,
            ["d"] = server.Delimiter,
            ["directory"] = directory,
            ["file"] = file,
            ["log"] = log,
        };
        try
        {
            using PowerShellEngine engine = new(new EngineOptions { NonInteractive = true });
            Dictionary<string, string> results = new(StringComparer.Ordinal);
            HashSet<string> failed = new(StringComparer.Ordinal);
            Dictionary<string, string> exchanges = new(StringComparer.Ordinal);
            foreach (Statement statement in Statements.All)
            {
                // Those that the last statement listened on.
                foreach (string sibling in Logs(log).Where(path => path != log)) File.Delete(sibling);
                string before = Read(log);
                Task<EngineResult> running = engine.InvokeAsync(statement.Script, variables, cancellationToken);
                if (statement.Meanwhile is { } subject) await DeliverAsync(subject, before.Length, running);
                EngineResult result = await running;
                results[statement.Feature] = Told(result);
                if (result.AllErrors.Any()) failed.Add(statement.Feature);
                string errors = string.Join('\n', result.AllErrors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
                exchanges[statement.Feature] = $"{errors}\n{Read(log)[before.Length..]}";
            }

            await engine.InvokeAsync("Remove-Module ImapPS", cancellationToken: cancellationToken);
            return new ServerRun(server.Name, server.Version, results, failed, exchanges);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }

        async Task DeliverAsync(string subject, int seen, Task running)
        {
            // A statement that ends before it listens is not helped by a message.
            while (!running.IsCompleted && !Idle().IsMatch(Read(log)[seen..])) await Task.Delay(_betweenLooks, cancellationToken);
            if (!running.IsCompleted) await server.DeliverAsync(user, ServerMail.Arriving(subject), cancellationToken);
        }
    }

    [GeneratedRegex("C: [A-Z0-9]+ IDLE")]
    private static partial Regex Idle();

    private static string Told(EngineResult result)
    {
        if (result.Exception is { } end and not IContainsErrorRecord)
            throw new InvalidOperationException("The statement did not run.", end);
        return result.AllErrors.FirstOrDefault() is { } error
            ? error.FullyQualifiedErrorId.Split(',')[0]
            : string.Join(", ", result.Output.Select(item => item?.ToString()));
    }

    // The session's log, and those of the connections that it listens on.
    private static string Read(string log) => string.Concat(Logs(log).Select(ReadOne));

    private static IEnumerable<string> Logs(string log) =>
        Directory.GetFiles(Path.GetDirectoryName(log)!, Path.GetFileName(log) + "*").Order(StringComparer.Ordinal);

    private static string ReadOne(string log)
    {
        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
