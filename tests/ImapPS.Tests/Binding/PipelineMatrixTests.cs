using System.Management.Automation;
using System.Reflection;
using System.Text.Json;
using ImapPS.Models;
using ImapPS.OAuth;
using ImapPS.Sandbox;
using ImapPS.Tests.Module;

namespace ImapPS.Tests.Binding;

/// <summary>Everything that the module emits, in every form, is tried into every cmdlet.</summary>
public sealed class PipelineMatrixTests(MailServer mail) : ModuleTest(mail)
{
    /// <summary>What parameters take and properties hold, and nothing emits.</summary>
    private static readonly Type[] _heldTypes =
    [
        typeof(FolderPath), typeof(MailboxMark), typeof(SessionReference), typeof(ImapAddressList), typeof(ImapList<>),
        typeof(ImapCertificate), typeof(ImapResponse), typeof(ImapLiteral), typeof(ImapBackupProblem), typeof(ImapSyncDifference),
    ];

    private readonly string _files = Directory.CreateTempSubdirectory("imapps-").FullName;

    [Fact]
    public void Every_cmdlet_and_every_emitted_type_is_in_the_table()
    {
        Assert.Equal(ModuleCmdlets.Names.Order(StringComparer.Ordinal), PipelineMatrix.Cmdlets.Order(StringComparer.Ordinal));
        Assert.Equal(ModuleCmdlets.Names.Order(StringComparer.Ordinal), PipelineMatrix.Calls.Keys.Order(StringComparer.Ordinal));

        IEnumerable<Type> models = typeof(ImapMessage).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(ImapMessage).Namespace && type.IsClass && !type.IsAbstract)
            .Except(_heldTypes);
        IEnumerable<Type> outputs = ModuleCmdlets.Types
            .SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>())
            .SelectMany(attribute => attribute.Type)
            .Select(output => output.Type)
            .Where(type => type != typeof(void) && type != typeof(bool) && type != typeof(object));
        Assert.Equal([], models.Concat(outputs).Select(type => type.Name).Except(PipelineMatrix.Types));
    }

    [Fact]
    public void No_property_of_what_is_emitted_binds_by_its_name()
    {
        HashSet<string> emitted = [.. typeof(ImapMessage).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(ImapMessage).Namespace)

            // Whatever form they have, no cmdlet takes them: the table says so.
            .Except([typeof(ImapSyncAction), typeof(ImapSyncResult), typeof(ImapSyncDifference)])
            .SelectMany(type => type.GetProperties().Select(property => property.Name))];
        IEnumerable<string> bound =
            from type in ModuleCmdlets.Types
            from property in type.GetProperties()
            where property.GetCustomAttributes<ParameterAttribute>().Any(parameter => parameter.ValueFromPipelineByPropertyName)
            from name in (property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Prepend(property.Name)
            where emitted.Contains(name)
            select $"{type.Name} -{name}";
        Assert.Empty(bound);
    }

    [Fact]
    public async Task Whatever_is_piped_is_what_it_is()
    {
        IReadOnlyDictionary<string, PSObject> specimens = Prepare();
        IReadOnlyList<string> before = [.. await StateAsync("Lists"), .. await StateAsync("INBOX")];

        var wrong = new List<string>();
        foreach (string cmdlet in PipelineMatrix.Cmdlets)
        {
            foreach ((string type, PSObject specimen) in specimens)
            {
                int form = 0;
                foreach ((string name, Func<PSObject, object> make) in Forms.All)
                {
                    char expected = PipelineMatrix.Expected(cmdlet, type, form++);
                    if (cmdlet == "Disconnect-Imap" && expected == 'b')
                    {
                        Succeed("$null = Select-ImapSession (Connect-Imap localhost -Port $proxyPort -Security "
                            + "None -AllowPlaintext -Credential $credential)");
                    }

                    PSObject live = cmdlet == "Disconnect-Imap"
                        && type == "ImapSession" ? Succeed("Get-ImapSession | Where-Object IsDefault")[0] : specimen;
                    string told = Try(cmdlet, make(live), isBound: expected == 'b');
                    if (told[0] != expected) wrong.Add($"{type} ({name}) | {cmdlet}: {expected} was expected, and not {told}");
                    if (cmdlet == "Disconnect-Imap") Succeed("Select-ImapSession $first");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, [.. await StateAsync("Lists"), .. await StateAsync("INBOX")]);
        Directory.Delete(_files, recursive: true);
    }

    /// <summary>Rows of messages, as somebody selects them who needs no Uid and calls the folder Path.</summary>
    [Fact]
    public async Task A_message_without_its_Uid_is_not_the_folder_that_it_calls_Path()
    {
        Dictionary<string, PSObject> specimens = Prepare();
        IReadOnlyList<string> before = [.. await StateAsync("Lists"), .. await StateAsync("INBOX")];

        var wrong = new List<string>();
        foreach (string type in new[] { "ImapMessage", "ImapMessageContent", "ImapDuplicate", "ImapFolderEvent", "JournalLine" })
        {
            var row = new PSObject();
            foreach (PSPropertyInfo property in specimens[type].Properties.Where(property => property.Name != "Uid"))
            {
                row.Properties.Add(new PSNoteProperty(property.Name == "Folder" ? "Path" : property.Name, property.Value));
            }

            foreach (string cmdlet in PipelineMatrix.Cmdlets.Where(cmdlet => cmdlet != "Get-ImapSession"))
            {
                foreach ((string name, Func<PSObject, object> make) in Forms.All)
                {
                    // A cmdlet for messages looks for its Uid, and tells that there is none.
                    char expected = PipelineMatrix.Expected(cmdlet, type, form: 0) == 'r' ? 'r' : 'e';
                    string told = Try(cmdlet, make(row), isBound: false);
                    if (told[0] != expected) wrong.Add($"{type} ({name}) | {cmdlet}: {expected} was expected, and not {told}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(before, [.. await StateAsync("Lists"), .. await StateAsync("INBOX")]);
        Directory.Delete(_files, recursive: true);
    }

    /// <summary>What comes of an object: a letter, as in the table, and why.</summary>
    private string Try(string cmdlet, object item, bool isBound)
    {
        string call = PipelineMatrix.Calls[cmdlet];
        int brackets = call.IndexOf('[', StringComparison.Ordinal);
        if (brackets >= 0)
        {
            call = isBound
                ? call.Replace("[", string.Empty, StringComparison.Ordinal).Replace("]", string.Empty, StringComparison.Ordinal)
                : call[..brackets];
        }

        // What refused an object that was piped into Connect-Imap has left no session.
        if (cmdlet != "Disconnect-Imap") Succeed("Select-ImapSession $first");
        Proxy.Clear();
        EngineResult result = Run($"$item | {call}", ("item", item), ("files", _files));
        string said = string.Join("; ", result.AllErrors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"));
        string sent = string.Join(", ", Proxy.Commands.Select(command => command.Verb));
        bool isRefused = result.AllErrors.Any(error => error.FullyQualifiedErrorId.StartsWith("ArgumentInvalid,", StringComparison.Ordinal)
            || error.FullyQualifiedErrorId.StartsWith("InputObjectNotBound,", StringComparison.Ordinal));
        return isRefused ? (sent.Length == 0 && result.Output.Count == 0 && result.AllErrors.Count() == 1
            ? $"r: {said}" : $"x: {said}; it sent {sent}")
            : result.AllErrors.Any() ? $"e: {said}"
            : sent.Length > 0 || result.Output.Count > 0 || cmdlet == "Disconnect-Imap" ? $"b: it sent {sent}"
            : "n: nothing happened";
    }

    /// <summary>One live object of each type, and a mailbox for them.</summary>
    private Dictionary<string, PSObject> Prepare()
    {
        string same = new MailText
        {
            Subject = "same",
            MessageId = "same@example.org",
            Text = "x",
            Attachments = [new MailAttachment("b.txt", "text/plain", "y"u8.ToArray())],
        }.ToString();
        User.Deliver("INBOX", Message("hello"));
        User.Deliver("Lists", same);
        User.Deliver("Lists", same);
        User.Deliver("Lists",
            new MailText
            {
                Subject = "attached",
                Text = "x",
                Attachments = [new MailAttachment("a.txt", "text/plain", "x"u8.ToArray())],
            }.ToString());
        User.CreateFolder("Archive");
        Connect();
        Succeed("""
            $first = Get-ImapSession | Where-Object IsDefault
            $second = Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential -Name $name
            $null = Select-ImapSession $first
            """, ("name", $"{User.Name}-second"));
        string journal = Path.Combine(_files, "journal.jsonl");
        IReadOnlyList<PSObject> all = Succeed(
            """
            $first = Get-ImapSession | Where-Object IsDefault
            $mark = Get-ImapFolder Lists
            $summary = Get-ImapMessage Lists -Newest 1 | Set-ImapMessage -Flagged -Summary -JournalPath $journal
            $attached = Get-ImapMessage Lists -Subject attached -Include Headers
            $file = $attached | Save-ImapMessage $files -PassThru
            'Lists', $first, (Resolve-ImapServer alice@gmail.com), (Get-ImapFolder Lists), $attached, ($attached | Get-ImapMessageContent),
            (Find-ImapDuplicate Lists), (Measure-ImapFolder Lists), (Watch-ImapFolder Lists -After $mark -TimeoutSeconds 0), $summary,
            $attached.Attachments[0], $attached.From[0], $attached.Headers[0], $file,
            (Test-ImapConnection localhost -Port $proxyPort -Security None)[0], (Get-ImapNamespace)[0], (Get-ImapQuota Lists)[0],
            (Get-ImapFolderPermission Lists)[0], (Set-ImapMetadata Lists /private/comment x -PassThru),
            (Invoke-ImapCommand 'LIST "" Lists'), (Backup-ImapFolder Lists -Path $files/backup),
            (Restore-ImapFolder Lists -Path $files/backup), (Test-ImapBackup $files/backup)[0],
            (Sync-ImapFolder Lists -ToSession $first -Map @{ Lists = 'Other' } -WhatIf)[0], (Sync-ImapFolder Lists -ToSession $second)
            """,
            ("files", _files),
            ("journal", journal));
        Dictionary<string, PSObject> specimens = all.ToDictionary(item => item.BaseObject.GetType().Name, StringComparer.Ordinal);
        var line = new PSObject();
        foreach (JsonProperty property in JsonDocument.Parse(File.ReadAllLines(journal)[0]).RootElement.EnumerateObject())
        {
            line.Properties.Add(
                new PSNoteProperty(property.Name, property.Value.ValueKind == JsonValueKind.Number
                ? property.Value.GetInt64() : property.Value.ToString()));
        }

        specimens["JournalLine"] = line;
        var token = new Token("opaque") { UserName = "alice", ExpiresOn = DateTimeOffset.UtcNow.AddHours(1), RefreshToken = "other" };
        specimens["ImapAccessToken"] = PSObject.AsPSObject(
            new ImapAccessToken(token, "https://issuer.example.org", "client", new FixedTokens(token)));
        Assert.Equal(PipelineMatrix.Types.Order(StringComparer.Ordinal), specimens.Keys.Order(StringComparer.Ordinal));
        return specimens;
    }
}
