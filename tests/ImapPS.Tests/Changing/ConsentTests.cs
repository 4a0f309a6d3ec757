using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using ImapPS.Sandbox;
using ImapPS.Tests.Backups;
using ImapPS.Tests.Module;

namespace ImapPS.Tests.Changing;

/// <summary>Nothing is changed, or written, that was not agreed to: the same for every cmdlet that changes something.</summary>
public sealed class ConsentTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly string[] _reading =
    [
        "LIST", "LSUB", "STATUS", "EXAMINE", "NOOP", "UID SEARCH", "UID FETCH", "UID SORT", "UID THREAD", "LOGIN", "AUTHENTICATE",
        "CAPABILITY", "NAMESPACE",
        "GETQUOTAROOT", "GETQUOTA", "GETACL", "MYRIGHTS", "LISTRIGHTS", "GETMETADATA",
        "ID", "ENABLE", "IDLE", "NOTIFY", "UNSELECT", "LOGOUT",
    ];

    private static readonly string[] _oneFile = ["Connect-Imap", "Export-ImapReport", "Use-ImapSession"];

    /// <summary>
    /// Every cmdlet of the manifest, with each parameter that can make it change more, on two things at least in one pipeline. -WhatIf and
    /// -Confirm stand where ! does. $files is a directory with two messages.
    /// </summary>
    private static readonly Dictionary<string, string[]> _statements = new(StringComparer.Ordinal)
    {
        ["Assert-ImapMessage"] = ["Assert-ImapMessage One -AtLeast 1"],
        ["Backup-ImapFolder"] = ["Backup-ImapFolder One, Two -Path $files/made/new -Mirror -KeepDeleted 0 !"],
        ["Clear-ImapFolder"] = ["Clear-ImapFolder One, Two -Force -AllowUnsafeExpunge -JournalPath $files/made !"],
        ["Connect-Imap"] = [
            "Connect-Imap localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential "
            + "-ProtocolLogPath $files/made !"],
        ["Copy-ImapMessage"] = ["Get-ImapMessage One | Copy-ImapMessage New -CreateFolder -JournalPath $files/made !"],
        ["Disconnect-Imap"] = ["Disconnect-Imap"],
        ["Export-ImapReport"] = ["Export-ImapReport $files/made One, Two -Force !"],
        ["Find-ImapDuplicate"] = ["Find-ImapDuplicate One, Two"],
        ["Get-ImapAccessToken"] = ["try { Get-ImapAccessToken -OAuth http://127.0.0.1:1/ -ClientId none } catch { }"],
        ["Get-ImapFolder"] = ["Get-ImapFolder"],
        ["Get-ImapFolderPermission"] =
            ["Get-ImapFolderPermission One", "Get-ImapFolderPermission One -Mine", "Get-ImapFolderPermission One bob -Possible"],
        ["Get-ImapMessage"] = ["Get-ImapMessage One -Body x"],
        ["Get-ImapMessageContent"] =
            ["Get-ImapMessage One | Get-ImapMessageContent -MarkRead !",
            "Get-ImapMessage One | Get-ImapMessageContent -Part 1 -MarkRead !"],
        ["Get-ImapMetadata"] = ["Get-ImapMetadata One"],
        ["Get-ImapNamespace"] = ["Get-ImapNamespace"],
        ["Get-ImapQuota"] = ["Get-ImapQuota One"],
        ["Get-ImapSession"] = ["Get-ImapSession"],
        ["Import-ImapMessage"] = ["Import-ImapMessage New $files/*.eml -CreateFolder -JournalPath $files/made !"],
        ["Invoke-ImapCommand"] =
        [
            "Invoke-ImapCommand 'UID STORE 1 FLAGS ($Work)' -Folder One, Two -SkipStatusCheck !",
            "Get-ImapFolder One, Two | Invoke-ImapCommand 'DELETE New' -ReadOnly -Force -SkipStatusCheck !",
        ],
        ["Measure-ImapFolder"] = ["Measure-ImapFolder One, Two -By Sender, AttachmentType"],
        ["Move-ImapMessage"] = ["Get-ImapMessage One | Move-ImapMessage New -CreateFolder -JournalPath $files/made !"],
        ["New-ImapFolder"] = ["New-ImapFolder New/Below, Newer -Subscribe -Force !"],
        ["Remove-ImapFolder"] = ["Remove-ImapFolder One, Two -Recurse -Force !"],
        ["Remove-ImapFolderPermission"] = ["Remove-ImapFolderPermission One bob, carol -Recurse -Force !"],
        ["Remove-ImapMessage"] =
        [
            "Get-ImapMessage One | Remove-ImapMessage -JournalPath $files/made !",
            "Get-ImapMessage Two | Remove-ImapMessage -Permanent -Force -AllowUnsafeExpunge -JournalPath $files/made !",
        ],
        ["Rename-ImapFolder"] = ["Get-ImapFolder One, Two | Rename-ImapFolder -NewName { $_.Name + 'r' } !"],
        ["Resolve-ImapServer"] = ["Resolve-ImapServer alice@gmail.com, bob@outlook.com"],
        ["Restore-ImapFolder"] = ["Restore-ImapFolder -Path $files/backup -IncludeDeleted !"],
        ["Save-ImapAttachment"] = ["Get-ImapMessage One | Save-ImapAttachment $files/made -Force !"],
        ["Save-ImapMessage"] =
        [
            "Get-ImapMessage One | Save-ImapMessage $files/made -Force !",
            "Get-ImapMessage One | Save-ImapMessage $files/new/mbox -Format Mbox -Force !",
            "Get-ImapMessage One | Save-ImapMessage $files/maildir -Format Maildir -Force !",
        ],
        ["Select-ImapSession"] = ["Select-ImapSession (Get-ImapSession | Where-Object IsDefault)"],
        ["Set-ImapFolder"] = ["Set-ImapFolder One, Two -Subscribed $true !"],
        ["Set-ImapFolderPermission"] = ["Set-ImapFolderPermission One bob, carol -Rights Reader -Recurse -Force !"],
        ["Set-ImapMessage"] = ["Get-ImapMessage One | Set-ImapMessage -Flagged -JournalPath $files/made !"],
        ["Set-ImapMetadata"] = ["Set-ImapMetadata One, Two -Entry /private/comment -Value x !"],

        // Dovecot refuses it to whoever is no administrator.
        ["Set-ImapQuota"] =
        [
            "try { Set-ImapQuota a, b -Limit 1GB -ErrorAction Stop ! } "
                + "catch { if ($_.FullyQualifiedErrorId -notlike 'PermissionDenied*') { throw } }",
            "try { Set-ImapQuota a, b -NoLimit -ErrorAction Stop ! } "
                + "catch { if ($_.FullyQualifiedErrorId -notlike 'PermissionDenied*') { throw } }",
        ],
        ["Sync-ImapFolder"] =
        [
            "Sync-ImapFolder One, Two -ToSession (Get-ImapFolder One).SessionId -Map @{ One = 'New/One'; Two = 'New/Two' } "
                + "-RemoveExtra -Force -StatePath $files/made !",
        ],
        ["Test-ImapBackup"] =
            ["Test-ImapBackup $files/backup", "Test-ImapBackup $files/backup -Session (Get-ImapSession | Where-Object IsDefault)"],
        ["Test-ImapConnection"] =
            ["Test-ImapConnection localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential"],
        ["Use-ImapSession"] = [
            "Use-ImapSession localhost -Port $proxyPort -Security None -AllowPlaintext -Credential $credential "
            + "-ProtocolLogPath $files/made { } !"],
        ["Wait-ImapMessage"] = ["Wait-ImapMessage One -After '2000-01-01' -TimeoutSeconds 60"],
        ["Watch-ImapFolder"] = ["Watch-ImapFolder One -TimeoutSeconds 0"],
    };

    /// <summary>Parameters that choose, check or tell, and change no more than the cmdlet does without them.</summary>
    private static readonly string[] _harmless =
    [
        "AllowPlaintext", "DeviceCode", "NoProxy", "IPv4", "IPv6", "Quiet",
            "SkipCertificateCheck", "NoStatus", "Descending", "Thread", "Digest", "None", "Inline",
            "NoClobber", "SkipExisting", "Attachments", "PassThru", "Summary",
        "HasAttachment", "NoAttachment", "Draft", "Undraft", "Read", "Unread", "Flagged", "Unflagged", "Answered",
            "Unanswered", "Deleted", "Undeleted", "Subscribed",
        "LiteralPath", "Path", "Mine", "Possible",
    ];

    private readonly string _files = Directory.CreateTempSubdirectory("imapps-").FullName;
    private string _filesBefore = string.Empty;

    public static TheoryData<string> Cmdlets() =>
        [.. _statements.Values.SelectMany(statements => statements).Where(statement => statement.Contains('!', StringComparison.Ordinal))];

    public static TheoryData<string> AllCmdlets() => [.. _statements.Keys];

    [Fact]
    public void Every_cmdlet_of_the_manifest_is_here_with_every_parameter_that_may_change_something()
    {
        using var engine = new PowerShellEngine(new EngineOptions());
        IEnumerable<string> exported =
            engine.Invoke("Get-Command -Module ImapPS -CommandType Cmdlet | ForEach-Object Name").Output.Select(name => name.ToString());
        Assert.Equal(exported.Order(StringComparer.Ordinal), _statements.Keys.Order(StringComparer.Ordinal));
        foreach (Type type in ModuleCmdlets.Types)
        {
            string statements = string.Join(' ', _statements[NameOf(type)]);
            IEnumerable<string> changing = type.GetProperties()
                .Where(property => property.GetCustomAttributes<ParameterAttribute>().Any())
                .Where(property => property.PropertyType == typeof(SwitchParameter)
                    || property.Name.EndsWith("Path", StringComparison.Ordinal))
                .Select(property => property.Name)
                .Except(_harmless);
            Assert.All(changing, parameter => Assert.Contains($"-{parameter}", statements, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(AllCmdlets))]
    public void What_sends_a_change_or_makes_a_file_supports_ShouldProcess(string cmdlet)
    {
        Prepare();
        bool changes = false;
        foreach (string statement in _statements[cmdlet])
        {
            Succeed(ScriptOf(statement, ""));
            changes |= Proxy.Commands.Any(IsChange) || FilesNow() != _filesBefore;
        }

        Assert.Equal(changes, ModuleCmdlets.Types.Single(type => NameOf(type) == cmdlet)
            .GetCustomAttribute<CmdletAttribute>()!.SupportsShouldProcess);
        Directory.Delete(_files, recursive: true);
    }

    [Theory]
    [MemberData(nameof(AllCmdlets))]
    public void WhatIfPreference_touches_nothing(string cmdlet)
    {
        Prepare();
        foreach (string statement in _statements[cmdlet]) Succeed($"$WhatIfPreference = $true; {ScriptOf(statement, "")}");
        AssertNothingWasTouched();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void WhatIf_names_each_and_touches_nothing(string statement)
    {
        Prepare();
        string told = Engine.Format(ScriptOf(statement, "-WhatIf"));

        // A log and a report are one file, whatever is in them.
        bool isOne = _oneFile.Contains(statement.Split(' ')[0], StringComparer.Ordinal);
        Assert.Equal(isOne ? 1 : 2, told.Split("What if: ").Length - 1);
        AssertNothingWasTouched();
    }

    [Fact]
    public async Task MarkRead_marks_what_was_agreed_to_and_reads_all()
    {
        Prepare();
        using var engine = new PowerShellEngine(new EngineOptions());
        engine.Prompts.Answer("No", "Yes");
        EngineResult result = engine.Invoke("Get-ImapMessage One -Session $id | Get-ImapMessageContent -MarkRead -Confirm", Variables());
        Assert.Equal(2, result.Output.Count);
        Assert.Equal(2, engine.Prompts.Asked.Count);
        Assert.Equal([2], Succeed("Get-ImapMessage One -Read").Select(message => Property<int>(message, "Uid")));
        Assert.NotEmpty(await StateAsync("One"));
        Directory.Delete(_files, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Confirm_asks_and_no_to_all_is_the_end(string cmdlet)
    {
        Prepare();
        using var engine = new PowerShellEngine(new EngineOptions());
        engine.Prompts.Answer("No to All");
        EngineResult result = engine.Invoke(
            $"$PSDefaultParameterValues['*-Imap*:Session'] = $id; {ScriptOf(cmdlet, "-Confirm")}",
            Variables());
        Assert.Empty(result.AllErrors);
        Assert.Single(engine.Prompts.Asked);
        AssertNothingWasWritten();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public async Task Where_nobody_can_be_asked_Confirm_is_an_error(string cmdlet)
    {
        Prepare();
        EngineResult result = await RunAsync(ScriptOf(cmdlet, "-Confirm"));
        Assert.NotEmpty(result.AllErrors);
        AssertNothingWasWritten();
    }

    [Theory]
    [InlineData("Get-ImapMessage One | Remove-ImapMessage -Permanent", "ConfirmationRequired")]
    [InlineData("Clear-ImapFolder One, Two", "ConfirmationRequired")]
    [InlineData("Remove-ImapFolder One", "ConfirmationRequired")]
    public async Task What_cannot_be_undone_wants_Force_where_nobody_can_be_asked(string script, string id)
    {
        Prepare();
        AssertError(await RunAsync(script), id);
        AssertNothingWasTouched();
    }

    private void Prepare()
    {
        foreach (string folder in new[] { "One", "Two" })
        {
            User.DeliverMany(folder, 2, i => new SeedMessage(new MailText
            {
                Subject = i.ToString(CultureInfo.InvariantCulture),
                Text = "x",
                Attachments = [new MailAttachment("a.txt", "text/plain", "x"u8.ToArray())],
            }.ToString()));
        }

        for (int i = 0; i < 2; i++) File.WriteAllText(Path.Combine(_files, Text($"{i}.eml")), Message("x"));
        SampleBackup.Write(Path.Combine(_files, "backup"), User.Name, "Restored one", "Restored two");
        Connect();
        Succeed("Set-ImapFolderPermission One bob, carol -Rights Reader");
        Proxy.Clear();
        _filesBefore = FilesNow();
    }

    private void AssertNothingWasTouched()
    {
        Assert.DoesNotContain(Proxy.Commands, IsChange);
        Assert.Equal(_filesBefore, FilesNow());
        Directory.Delete(_files, recursive: true);
    }

    /// <summary>A journal is opened before anything is asked, since it could be that it cannot be.</summary>
    private void AssertNothingWasWritten()
    {
        string journal = Path.Combine(_files, "made");
        if (File.Exists(journal))
        {
            Assert.Equal(0, new FileInfo(journal).Length);
            File.Delete(journal);
        }

        AssertNothingWasTouched();
    }

    /// <summary>What is no plain reading: SELECT, too, where EXAMINE would do, and a FETCH that sets \Seen.</summary>
    private static bool IsChange(Sandbox.ProxyCommand command) =>
        !_reading.Contains(command.Verb, StringComparer.Ordinal) || command.Line.Contains(" BODY[", StringComparison.Ordinal)
            || command.Line.Contains("(BODY[", StringComparison.Ordinal);

    private string FilesNow() =>
        string.Join('\n', Directory.EnumerateFileSystemEntries(_files, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal));

    private static string NameOf(Type type) => type.GetCustomAttribute<CmdletAttribute>() is { } cmdlet
        ? $"{cmdlet.VerbName}-{cmdlet.NounName}" : string.Empty;

    private Dictionary<string, object?> Variables() => new(StringComparer.Ordinal)
    {
        ["id"] = Succeed("(Get-ImapSession | Where-Object IsDefault).Id")[0],
        ["proxyPort"] = Proxy.Port,
        ["credential"] = Credential,
    };

    private string ScriptOf(string statement, string consent) => statement.Replace("!", consent, StringComparison.Ordinal)
        .Replace("$files", _files, StringComparison.Ordinal);
}
