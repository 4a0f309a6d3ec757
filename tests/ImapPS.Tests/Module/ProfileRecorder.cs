using System.Reflection;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Module;

/// <summary>
/// Writes down what a first command runs, for src/ImapPS.Images to compile ahead. It is run by hand, when that is not what it was:
/// CONTRIBUTING.md says how.
/// </summary>
public sealed partial class ProfileRecorder
{
    private static readonly string[] _assemblies = ["ImapPS.Loader", "ImapPS", "ImapPS.Core", "MailKit", "MimeKit"];

    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "src", "ImapPS.Profile", "profile.txt");

    [Fact(Explicit = true)]
    public async Task Record()
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string log = System.IO.Path.GetTempFileName();
        await FreshProcess.RunAsync(
            $$"""
            Import-Module '{{Repository.Manifest}}'
            $login = @{ Server = $Sandbox.Server; Port = $Sandbox.Port; Credential = $Sandbox.Credential }
            $null = Connect-Imap @login -CertificateThumbprint $Sandbox.Thumbprint
            $null = Get-ImapMessage INBOX -First 10 | Out-String
            $null = Get-ImapMessage -Filter { $_.Subject -like '*Receipt*' -and $_.Received -gt '2020-01-01' } -First 10 | Out-String
            $null = Get-ImapFolder | Out-String
            $null = Get-ImapMessage -First 2 | Get-ImapMessageContent | Out-String
            $null = Get-ImapMessage -First 2 | Set-ImapMessage -Flagged -PassThru | Out-String
            $null = Get-ImapMessage -First 2 | Move-ImapMessage Trash -PassThru | Out-String
            Disconnect-Imap
            """,
            cancellation,
            new Dictionary<string, string>(StringComparer.Ordinal) { ["DOTNET_JitStdOutFile"] = log, ["DOTNET_JitDisasmSummary"] = "1" });

        Assembly[] assemblies = [.. _assemblies.Select(Assembly.Load)];
        var methods =
            from line in File.ReadLines(log)
            let match = Compiled().Match(line)
            where match.Success
            let names = match.Groups["type"].Value.Split('+')
            let type = string.Join('+', names.Where(name => name[0] != '<' || name.StartsWith("<>z", StringComparison.Ordinal)))
            let assembly = assemblies.FirstOrDefault(assembly => assembly.GetType(type)?.Assembly == assembly)
            where assembly is not null
            let method = names.Append(match.Groups["method"].Value).Select(Enclosed).FirstOrDefault(name => name is not null)
                ?? match.Groups["method"].Value
            select (Type: $"{assembly.GetName().Name}!{type}", Method: method);
        string[] lines =
        [
            .. methods.Distinct().GroupBy(entry => entry.Type, entry => entry.Method, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => $"{group.Key}: {string.Join(' ', group.Order(StringComparer.Ordinal))}"),
        ];
        await File.WriteAllLinesAsync(Path, lines, cancellation);
        File.Delete(log);
    }

    /// <summary>The method that the compiler made the name of: Run, of &lt;&lt;Run&gt;b__0&gt;d.</summary>
    private static string? Enclosed(string name) => InBrackets().Match(name) is { Success: true } match ? match.Groups["name"].Value : null;

    [GeneratedRegex(@"JIT compiled (?<type>(ImapPS|MailKit|MimeKit|<>z)[^:\[ ]+)(\[[^:]*\])?:(?<method>[^\[(]+)")]
    private static partial Regex Compiled();

    [GeneratedRegex("^<+(?<name>[^<>]+)>")]
    private static partial Regex InBrackets();
}
