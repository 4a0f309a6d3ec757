using System.Text.Json;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Administration;

/// <summary>
/// Each row of docs/from-imaplib.md: the Python line and the ImapPS line, each in a mailbox of its own, give the same answer.
/// </summary>
public sealed partial class ImaplibTests(MailServer mail, ImaplibServer imaplib) : ModuleTest(mail), IClassFixture<ImaplibServer>
{
    /// <summary>What imaplib's documentation has, and what is no function of it but stands in its index: 3.14.</summary>
    private static readonly string[] _documented =
    [
        "IMAP4", "IMAP4_SSL", "IMAP4_stream", "Int2AP", "Internaldate2tuple", "ParseFlags", "Time2Internaldate", "append", "authenticate",
        "capability", "check", "close", "copy", "create", "delete", "deleteacl", "enable", "expunge", "fetch", "getacl", "getannotation",
        "getquota", "getquotaroot", "idle", "list", "login", "login_cram_md5", "logout", "lsub", "myrights", "namespace", "noop", "open",
        "partial", "proxyauth", "read", "readline", "recent", "rename", "response", "search", "select", "send", "setacl", "setannotation",
        "setquota", "shutdown", "socket", "sort", "starttls", "status", "store", "subscribe", "thread", "uid", "unselect", "unsubscribe",
        "xatom",
    ];

    private const string PythonAcl = "sorted(re.findall(r' (\\S+) ([a-z]+)', text(r)))";
    private const string PythonFlags = "flags(imaplib.ParseFlags(M.fetch('1', '(FLAGS)')[1][0]))";
    private const string Opened = "if ($r.State -eq 'Open') { 'OK' }";
    private const string Ordinal = "Sort-Object -CaseSensitive -Culture ''";
    private const string OurAcl = "$r | Sort-Object Identifier | ForEach-Object { $_.Identifier, (sorted $_.Letters) }";

    /// <summary>What is compared: of what Python returned, r, and of what came out of ImapPS, $r.</summary>
    private static readonly Dictionary<string, (string Python, string PowerShell)> _facts = new(StringComparer.Ordinal)
    {
        ["IMAP4"] = ("r.PROTOCOL_VERSION", "@($r.Capabilities -like 'IMAP4rev1')[0].ToUpper()"),
        ["starttls"] = ("r[0]", "if ($r.Security -like 'TLS*') { 'OK' }"),
        ["authenticate"] = ("r[0]", Opened),
        ["login_cram_md5"] = ("r[0]", Opened),
        ["IMAP4_SSL"] = ("r.sock.version()", "($r.Security -split ',')[0] -replace 'TLS ', 'TLSv'"),
        ["login"] = ("r[0]", Opened),
        ["capability"] = ("sorted(set(text(r).split()))", "$r.Untagged[0].Text -split ' ' | Select-Object -Skip 1 | " + Ordinal),
        ["noop"] = ("r[0]", "$r.Status"),
        ["create"] = ("names(M.list('\"\"', 'P*'))", "(Get-ImapFolder P*).Path"),
        ["rename"] = ("names(M.list('\"\"', 'W*'))", "(Get-ImapFolder W*).Path"),
        ["list"] = ("names(r)", "$r.Path | " + Ordinal),
        ["subscribe"] = ("names(M.lsub())", "(Get-ImapFolder -Subscribed).Path | " + Ordinal),
        ["lsub"] = ("names(r)", "$r.Path | " + Ordinal),
        ["unsubscribe"] = ("names(M.lsub())", "(Get-ImapFolder -Subscribed).Path | " + Ordinal),
        ["status"] = ("re.findall(r' (\\d+)', text(r))", "$r.MessageCount, $r.UidNext, $r.UnreadCount"),
        ["select"] = ("text(r)", "$r.MessageCount"),
        ["response"] = ("text(r[1])", "$r.UidNext"),
        ["append"] = ("count('INBOX')", "(Get-ImapFolder INBOX).MessageCount"),
        ["Time2Internaldate"] = ("count('INBOX')", "(Get-ImapFolder INBOX).MessageCount"),
        ["Internaldate2tuple"] = ("int(time.mktime(r))", "$r.Received.ToUnixTimeSeconds()"),
        ["fetch"] = ("r[1][0][1].decode().split('\\r\\n\\r\\n', 1)[1].strip()", "$r.Text.Trim()"),
        ["partial"] = ("r[1][0][1].decode()", "@($r.Untagged | ForEach-Object { $_.Literals })[0].Value"),
        ["search"] = ("text(r).split()", "$r.Uid"),
        ["sort"] = ("text(r).split()", "$r.Uid"),
        ["thread"] = ("re.findall(r'\\d+', text(r))", "$r.Uid"),
        ["store"] = (PythonFlags, "\"$((Get-ImapMessage INBOX -Uid 1).Flags)\""),
        ["ParseFlags"] = ("flags(r)", "\"$($r.Flags)\""),
        ["uid"] = (PythonFlags, "\"$($r.Flags)\""),
        ["copy"] = ("count('Work')", "(Get-ImapFolder Work).MessageCount"),
        ["check"] = ("r[0]", "$r.Status"),
        ["idle"] = ("len(r)", "@($r).Count"),
        ["expunge"] = ("text(M.uid('SEARCH', 'ALL')).split()", "(Get-ImapMessage INBOX).Uid"),
        ["delete"] = ("names(M.list('\"\"', 'W*'))", "(Get-ImapFolder W*).Path"),
        ["xatom"] = ("text(r[1][1])", "$r.Untagged[0].Text -replace '^STATUS '"),
        ["send, readline"] = ("text(r[1]).split(' ', 1)[1].strip()", "\"$($r.Status) $($r.Text)\""),
        ["logout"] = ("r[0]", "if ($last.State -eq 'Closed') { 'BYE' }"),
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
        import imaplib, json, re, ssl, sys, time
        host, port, tls, user, password = sys.argv[1:6]
        message = b'From: bob@example.net\r\nSubject: zz\r\nMessage-ID: <zz@example.net>\r\n\r\nzz\r\n'
        loose = ssl._create_unverified_context()
        M = imaplib.IMAP4(host, int(port))
        M.login(user, password)
        class Idler:
            def __init__(self, duration): self.duration = duration
            def __enter__(self):
                self.tag = M._new_tag()
                M.send(self.tag + b' IDLE\r\n')
                M.readline()
                return self
            def __iter__(self):
                time.sleep(self.duration)
                return iter([])
            def __exit__(self, *_):
                M.send(b'DONE\r\n')
                while not M.readline().startswith(self.tag): pass
        if not hasattr(M, 'idle'): M.idle = lambda duration: Idler(duration)
        def names(r): return sorted(re.sub(rb'.* "/" ', b'', one).decode().strip('"') for one in r[1] if one)
        def count(folder): return re.findall(r'\d+', text(M.status(folder, '(MESSAGES)')))[-1]
        def flags(r): return ', '.join(sorted(one.decode().strip('\\') for one in r if one != b'\\Recent'))
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

    private static readonly (string Subject, string References)[] _messages = [("b one", ""), ("a two", ""), ("Re: b one", "m0@x")];

    private MailUser Ours { get; } = imaplib.Dovecot.CreateUser();

    [Fact]
    public async Task Both_lines_of_each_row_give_the_same_answer()
    {
        (string Function, string Python, string ImapPS)[] rows = [.. Rows()];
        Assert.Equal(_facts.Keys.Order(StringComparer.Ordinal), rows.Select(row => row.Function).Order(StringComparer.Ordinal));
        MailUser other = imaplib.Dovecot.CreateUser();
        foreach (MailUser user in new[] { Ours, other }) Fill(user);
        string[][] python = await PythonAsync(other, rows);
        Assert.Equal(rows.Length, python.Length);
        RunOurs("$global:ErrorActionPreference = 'Stop'; $null = Connect-Imap localhost -Port $port -Security None -AllowPlaintext "
            + "-Credential $credential; function global:sorted([string] $letters) { "
            + "-join ($letters.ToCharArray() | Sort-Object -CaseSensitive) }");
        foreach (((string function, string line, string ours), string[] expected) in rows.Zip(python))
        {
            string script = "$last = Get-ImapSession | Where-Object IsDefault; $e = $null; "
                + $"$r = try {{ {StandIn(ours)} }} catch {{ $e = $_ }}; {_facts[function].PowerShell}";
            string[] actual = [.. RunOurs(script).Output.Select(value => $"{value}")];
            Assert.Equal(
                $"{function}: {string.Join('|', expected.Select(text => text.Replace(other.Name, "me", StringComparison.Ordinal)))}",
                $"{function}: {string.Join('|', actual.Select(Printed))}");
            Assert.NotEmpty(line);
        }
    }

    /// <summary>What imaplib has and no row runs, the page says why it is not needed.</summary>
    [Fact]
    public async Task Every_function_of_imaplib_has_its_row()
    {
        string[] run = [.. Rows().SelectMany(row => row.Function.Split(", ")).Where(_documented.Contains)];
        string[] notNeeded =
            [.. Cells().Where(cells => cells.Length == 4).Select(cells => cells[1].Trim()).Where(_documented.Contains)];
        Assert.Empty(run.Intersect(notNeeded));
        Assert.Equal(_documented.Order(StringComparer.Ordinal), run.Union(notNeeded).Order(StringComparer.Ordinal));
        string known = await Tool.RunAsync("python3", ["-c", "import imaplib; print(*(n for n in dir(imaplib.IMAP4) if n[0] != '_'))"],
            Cancellation);
        Assert.Empty(known.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Except([.. _documented, "abort", "error", "readonly", "print_log"]));
    }

    private static void Fill(MailUser user)
    {
        foreach ((string subject, string references) in _messages)
        {
            int number = Array.FindIndex(_messages, message => message.Subject == subject);
            string from = number == 1 ? "Bob <bob@example.net>" : "Alice <alice@example.org>";
            string thread = references.Length == 0 ? string.Empty : $"References: <{references}>\r\nIn-Reply-To: <{references}>\r\n";
            user.Deliver("INBOX", $"From: {from}\r\nTo: c@example.net\r\nSubject: {subject}\r\nMessage-ID: <m{number}@x>\r\n{thread}"
                + $"Date: Mon, 0{number + 1} Mar 2026 10:00:00 +0000\r\n\r\nText {number}\r\n");
        }
    }

    private EngineResult RunOurs(string script) => Run(
        script,
        ("port", imaplib.Dovecot.Port),
        ("tlsPort", imaplib.Dovecot.TlsPort),
        ("thumbprint", imaplib.Dovecot.CertificateThumbprint),
        ("credential", CredentialOf(Ours.Name, Ours.Password)),
        ("message", "From: bob@example.net\r\nSubject: zz\r\nMessage-ID: <zz@example.net>\r\n\r\nzz\r\n"));

    /// <summary>The server of the test in the place of the example's.</summary>
    private static string StandIn(string line)
    {
        string port = line.Contains("-Security", StringComparison.Ordinal) ? "$port" : "$tlsPort -Security Tls";
        string trust = line.Contains("None", StringComparison.Ordinal) ? string.Empty : " -CertificateThumbprint $thumbprint";
        return line.Replace("-Credential alice", "-Credential $credential", StringComparison.Ordinal)
            .Replace("mail.example.org", $"localhost -Port {port}{trust}", StringComparison.Ordinal);
    }

    private static string PythonStandIn(string line) => line
        .Replace("IMAP4('mail.example.org')", "IMAP4(host, int(port))", StringComparison.Ordinal)
        .Replace("IMAP4_SSL('mail.example.org')", "IMAP4_SSL(host, int(tls), ssl_context=loose)", StringComparison.Ordinal)
        .Replace("'alice', password", "user, password", StringComparison.Ordinal)
        .Replace("\\0alice\\0", "\\0{user}\\0", StringComparison.Ordinal);

    private string Printed(string text) =>
        Duration().Replace(text, string.Empty).Replace(Ours.Name, "me", StringComparison.Ordinal);

    private static async Task<string[][]> PythonAsync(MailUser user, IEnumerable<(string Function, string Python, string ImapPS)> rows)
    {
        IEnumerable<string> statements = rows.Select(row => (Line: PythonStandIn(row.Python), row.Function)).Select(row =>
            $"{(row.Line.StartsWith("with ", StringComparison.Ordinal) ? row.Line : $"r = ({row.Line})")}\n"
            + $"print(json.dumps(told({_facts[row.Function].Python})))");
        string script = $"{Prelude}\n{string.Join('\n', statements)}\n";
        string said = await Tool.RunAsync("python3",
            ["-c", script, "127.0.0.1", Text($"{user.Server.Port}"), Text($"{user.Server.TlsPort}"), user.Name, user.Password],
            Cancellation);
        return [.. said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<string[]>(line)!)];
    }

    private static IEnumerable<string[]> Cells() =>
        File.ReadAllLines(Path.Combine(Repository.Root, "docs", "from-imaplib.md")).Select(line => Cell().Split(line));

    private static IEnumerable<(string Function, string Python, string ImapPS)> Rows() =>
        from cells in Cells()
        where cells.Length == 5 && cells[2].Contains('`', StringComparison.Ordinal)
        select (cells[1].Trim(), cells[2].Trim().Trim('`'), cells[3].Trim().Trim('`').Replace("\\|", "|", StringComparison.Ordinal));

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Cell();

    [GeneratedRegex(@" \(0\.\d+.*? secs\)\.?")]
    private static partial Regex Duration();
}
