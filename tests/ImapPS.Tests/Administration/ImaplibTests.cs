using System.Text.Json;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Administration;

/// <summary>
/// Each row of docs/from-imaplib.md: the Python line and the ImapPS line, each in a mailbox of its own, give the same answer.
/// </summary>
public sealed partial class ImaplibTests(MailServer mail) : ModuleTest(mail)
{
    private const string PythonAcl = "sorted(re.findall(r' (\\S+) ([a-z]+)', text(r)))";
    private const string OurAcl = "$r | Sort-Object Identifier | ForEach-Object { $_.Identifier, (sorted $_.Letters) }";

    /// <summary>What is compared: of what Python returned, r, and of what came out of ImapPS, $r.</summary>
    private static readonly Dictionary<string, (string Python, string PowerShell)> _facts = new(StringComparer.Ordinal)
    {
        ["namespace"] = ("re.findall(r'\\(\\(\"(.*?)\" \"(.)\"\\)\\)', text(r))", "$r | ForEach-Object { $_.Prefix, $_.Delimiter }"),
        ["getacl"] = ("[(who, ordered(what)) for who, what in " + PythonAcl + "]", OurAcl),
        ["setacl"] = ("r[0]", "'OK'"),
        ["setacl, to add"] = ("r[0]", "'OK'"),
        ["myrights"] = ("ordered(text(r).split()[-1])", "sorted $r.Letters"),
        ["xatom LISTRIGHTS"] = ("ordered(''.join(text(r[1]).split('\"\"')[-1].split()))", "sorted $r.Letters"),
        ["deleteacl"] = ("r[0]", "'OK'"),
        ["getquotaroot"] = ("resources(text(r))", "$r | ForEach-Object { $_.Root, $_.Resource, $_.Usage, $_.Limit }"),
        ["getquota"] = ("resources(text(r))", "$r | ForEach-Object { $_.Root, $_.Resource, $_.Usage, $_.Limit }"),
        ["setquota"] = ("text(r)", "\"$e\" -replace '^The server refused: '"),
        ["setannotation"] = ("r[0]", "'OK'"),
        ["getannotation"] = ("re.findall(r'(/\\S+) \\{\\d+\\}\\W+b?\\W*(\\w+)', text(r[1]))", "$r.Entry, $r.Value"),
    };

    private const string Prelude = """
        import imaplib, json, re, sys
        host, port, user, password = sys.argv[1:5]
        M = imaplib.IMAP4(host, int(port))
        M.login(user, password)
        def text(r): return re.sub(r' \(0\.\d+.*? secs\)\.?', '', ' '.join(flat(r)))
        def flat(r):
            if isinstance(r, bytes): return [r.decode()]
            if isinstance(r, (list, tuple)): return [t for one in r for t in flat(one)]
            return [] if r is None or r in ('OK', 'NO') else [str(r)]
        def ordered(letters): return ''.join(sorted(letters))
        def resources(t):
            return [(root, name, int(use) * (1024 if name == 'STORAGE' else 1), int(most) * (1024 if name == 'STORAGE' else 1))
                for root, all in re.findall(r'"(User quota)" \((.*?)\)', t)
                for name, use, most in re.findall(r'(\w+) (\d+) (\d+)', all)]
        def told(r): return [str(t) for t in (sum((told(one) for one in r), []) if isinstance(r, (list, tuple)) else [r])]
        """;

    [Fact]
    public async Task Both_lines_of_each_row_give_the_same_answer()
    {
        (string Function, string Python, string ImapPS)[] rows = [.. Rows()];
        Assert.Equal(_facts.Keys.Order(StringComparer.Ordinal), rows.Select(row => row.Function).Order(StringComparer.Ordinal));
        MailUser other = Dovecot.CreateUser();
        foreach (MailUser user in new[] { User, other }) user.Deliver("INBOX", "Subject: x\r\n\r\nx\r\n");
        string[][] python = await PythonAsync(other, rows);
        Connect();
        Succeed("function global:sorted([string] $letters) { -join ($letters.ToCharArray() | Sort-Object -CaseSensitive) }");

        foreach (((string function, string line, string ours), string[] expected) in rows.Zip(python))
        {
            string script = $"$e = $null; $r = try {{ {ours} -ErrorAction Stop }} catch {{ $e = $_ }}; {_facts[function].PowerShell}";
            if (ours.Contains('|', StringComparison.Ordinal)) script = script.Replace(" -ErrorAction Stop", "", StringComparison.Ordinal);
            string[] actual = [.. Run(script).Output.Select(value => $"{value}")];
            Assert.Equal(
                $"{function}: {string.Join('|', expected.Select(text => text.Replace(other.Name, "me", StringComparison.Ordinal)))}",
                $"{function}: {string.Join('|', actual.Select(Printed))}");
            Assert.NotEmpty(line);
        }
    }

    private string Printed(string text) =>
        Duration().Replace(text, string.Empty).Replace(User.Name, "me", StringComparison.Ordinal);

    private static async Task<string[][]> PythonAsync(MailUser user, IEnumerable<(string Function, string Python, string ImapPS)> rows)
    {
        IEnumerable<string> statements = rows.Select(row => $"r = ({row.Python})\nprint(json.dumps(told({_facts[row.Function].Python})))");
        string script = $"{Prelude}\n{string.Join('\n', statements)}\nM.logout()\n";
        string said = await Tool.RunAsync("python3",
            ["-c", script, "127.0.0.1", Text($"{user.Server.Port}"), user.Name, user.Password], Cancellation);
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<string[]>(line)!)];
    }

    private static IEnumerable<(string Function, string Python, string ImapPS)> Rows() =>
        from line in File.ReadAllLines(Path.Combine(Repository.Root, "docs", "from-imaplib.md"))
        let cells = Cell().Split(line)
        where cells.Length == 5 && cells[2].Contains('`', StringComparison.Ordinal)
        select (cells[1].Trim(), cells[2].Trim().Trim('`'), cells[3].Trim().Trim('`').Replace("\\|", "|", StringComparison.Ordinal));

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Cell();

    [GeneratedRegex(@" \(0\.\d+.*? secs\)\.?")]
    private static partial Regex Duration();
}
