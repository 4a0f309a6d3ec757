using ImapPS.Sandbox;

namespace ImapPS.Tests.Recipes;

/// <summary>The recipes for one mailbox, each as its user runs it.</summary>
public sealed class MailboxRecipeTests(MailServer mail) : RecipeTest
{
    private readonly MailUser _user = mail.Dovecot.CreateUser();
    private readonly MailUser _other = mail.Dovecot.CreateUser();

    private string At => Login(_user);

    public override ValueTask DisposeAsync()
    {
        _user.Discard();
        _other.Discard();
        GC.SuppressFinalize(this);
        return base.DisposeAsync();
    }

    [Fact]
    public async Task Old_newsletters_go_to_the_trash_and_the_journal_brings_them_back()
    {
        const string Ladle = "List-Id: <weekly.ladle.example>";
        Deliver(_user, new MailText { Subject = "old", Headers = [Ladle] }, 100);
        Deliver(_user, new MailText { Subject = "old, of another list", Headers = ["List-Unsubscribe: <https://a.example>"] }, 100);
        Deliver(_user, new MailText { Subject = "flagged", Headers = [Ladle] }, 100, SystemFlags.Flagged);
        Deliver(_user, new MailText { Subject = "new", Headers = [Ladle] }, 80);
        Deliver(_user, new MailText { Subject = "old, of a person" }, 100);

        RecipeRun trial = await SucceedAsync("./Remove-Newsletter.ps1 @at -JournalPath $files/moved.jsonl -WhatIf", At);
        Assert.Equal(2, trial.WhatIf.Count);
        Assert.Empty(trial.Objects);
        Assert.Equal((5, 0), (await CountAsync(_user, "INBOX"), await CountAsync(_user, "Trash")));
        Assert.False(File.Exists(Path.Combine(Files, "moved.jsonl")));

        RecipeRun tooMany = await RunAsync("./Remove-Newsletter.ps1 @at -MaxMessages 1", At);
        Assert.Equal(1, tooMany.ExitCode);
        Assert.Equal(5, await CountAsync(_user, "INBOX"));

        RecipeRun one = await SucceedAsync("./Remove-Newsletter.ps1 @at -List weekly.ladle -JournalPath $files/moved.jsonl", At);
        Assert.Equal(1, one.Single.GetProperty("Messages").GetInt32());
        RecipeRun rest = await SucceedAsync("./Remove-Newsletter.ps1 @at -JournalPath $files/moved.jsonl", At);
        Assert.Equal(1, rest.Single.GetProperty("Messages").GetInt32());
        Assert.Equal((3, 2), (await CountAsync(_user, "INBOX"), await CountAsync(_user, "Trash")));

        const string Undo = "Use-ImapSession $at.Server -Credential $at.Credential -Port $at.Connection.Port "
            + "-CertificateThumbprint $at.Connection.CertificateThumbprint { "
            + "Get-Content $files/moved.jsonl | ConvertFrom-Json | Move-ImapMessage INBOX }";
        await SucceedAsync(Undo, At);
        Assert.Equal((5, 0), (await CountAsync(_user, "INBOX"), await CountAsync(_user, "Trash")));
    }

    [Fact]
    public async Task Invoices_go_to_the_folders_of_their_months_and_their_files_to_the_directories()
    {
        DeliverInvoice("billing@northwind.example", "r1.pdf", new DateTime(2026, 1, 15, 12, 0, 0));
        DeliverInvoice("billing@northwind.example", "r2.pdf", new DateTime(2026, 1, 20, 12, 0, 0));
        DeliverInvoice("billing@northwind.example", "r3.pdf", new DateTime(2026, 3, 15, 12, 0, 0));
        DeliverInvoice("billing@northwind.example", "terms.txt", new DateTime(2026, 3, 15, 12, 0, 0));
        DeliverInvoice("somebody@else.example", "r4.pdf", new DateTime(2026, 3, 15, 12, 0, 0));
        const string Move = "./Move-Invoice.ps1 @at -From billing@ -Path $files/invoices";

        RecipeRun trial = await SucceedAsync($"{Move} -WhatIf", At);
        Assert.NotEmpty(trial.WhatIf);
        Assert.Empty(trial.Objects);
        Assert.Equal(5, await CountAsync(_user, "INBOX"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Files));

        RecipeRun moved = await SucceedAsync(Move, At);
        Assert.Equal(["Invoices/2026-01", "Invoices/2026-01", "Invoices/2026-03"], moved.Texts("Folder"));
        Assert.Equal((2, 2, 1), (await CountAsync(_user, "INBOX"), await CountAsync(_user, "Invoices/2026-01"),
            await CountAsync(_user, "Invoices/2026-03")));
        Assert.Equal(["invoices/2026-01/r1.pdf", "invoices/2026-01/r2.pdf", "invoices/2026-03/r3.pdf"],
            Directory.EnumerateFiles(Files, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Files, file))
                .Order(StringComparer.Ordinal));
        Assert.Empty((await SucceedAsync(Move, At)).Objects);
    }

    [Theory]
    [InlineData(0.2, 0)]
    [InlineData(1.5, 2)]
    [InlineData(null, 2)]
    public async Task A_missing_report_is_an_exit_code(double? daysAgo, int exitCode)
    {
        Deliver(_user, new MailText { Subject = "Backup of db-02: success" });
        if (daysAgo is { } days)
        {
            Deliver(_user, new MailText { Subject = "Backup of db-01: success" }, days);
            Deliver(_user, new MailText { Subject = "Backup of db-01: success" }, days + 1);
        }

        RecipeRun run = await RunAsync("./Test-NightlyReport.ps1 @at -Subject 'Backup of db-01: success' -From ada@", At);
        Assert.True(run.ExitCode == exitCode, run.Said);
        Assert.Equal(exitCode != 0, run.Single.GetProperty("IsMissing").GetBoolean());
        Assert.Equal(daysAgo is null ? null : "Backup of db-01: success", run.Single.GetProperty("LastSubject").GetString());
    }

    [Fact]
    public async Task The_code_of_this_login_is_returned_and_not_that_of_an_earlier_one()
    {
        Deliver(_user, new MailText { To = "test-1@app.example", Subject = "Your login", Text = "Your code is 111 111." });
        const string Get = "./Get-LoginCode.ps1 @at -To test-1@app.example -Action $action -TimeoutSeconds";
        const string Mail = "$text = 'Your code is 481 516.'; $action = { 'done'; 'other', 'test-1' | ForEach-Object { "
            + "$null = Import-ImapMessage INBOX -Content \"To: $_@app.example`r`nSubject: Your login`r`n`r`n$text`r`n\" } }";

        RecipeRun run = await SucceedAsync($"{Get} 60", At, Mail);
        Assert.Equal("481516", run.Single.GetString());

        RecipeRun none = await RunAsync($"{Get} 1", At, "$action = { }");
        Assert.Equal((1, 0), (none.ExitCode, none.Objects.Count));

        RecipeRun without = await RunAsync($"{Get} 60", At, Mail.Replace("481 516", "secret", StringComparison.Ordinal));
        Assert.Equal((1, 0), (without.ExitCode, without.Objects.Count));

        RecipeRun failing = await RunAsync($"{Get} 60", At, "$action = { throw 'no' }");
        Assert.Equal((1, 0), (failing.ExitCode, failing.Objects.Count));
    }

    [Fact]
    public async Task A_report_is_written_and_the_last_ones_are_kept()
    {
        DemoMailbox.Fill(_user, DateTimeOffset.Now);
        foreach (string name in new[] { $"{_user.Name} 2026-01-01", $"{_user.Name} 2026-02-01", $"{_user.Name} notes", "other 2026-01-01" })
        {
            await File.WriteAllTextAsync(Path.Combine(Files, $"{name}.html"), "", Cancellation);
        }

        const string Export = "./Export-MailboxReport.ps1 @at -Path $files -Keep 2 | Select-Object Name, Length";
        RecipeRun trial = await SucceedAsync(Export.Replace(" |", " -WhatIf |", StringComparison.Ordinal), At);
        Assert.NotEmpty(trial.WhatIf);
        Assert.Equal(4, Directory.GetFiles(Files).Length);

        RecipeRun run = await SucceedAsync(Export, At);
        string written = run.Single.GetProperty("Name").GetString()!;
        Assert.Matches($@"^{_user.Name} \d{{4}}-\d\d-\d\d\.html$", written);
        Assert.True(run.Single.GetProperty("Length").GetInt64() > 10_000);
        Assert.Equal(new[] { $"{_user.Name} 2026-02-01.html", $"{_user.Name} notes.html", "other 2026-01-01.html", written }.Order(),
            Directory.GetFiles(Files).Select(Path.GetFileName).Order());
        await SucceedAsync(Export, At);
        Assert.Equal(4, Directory.GetFiles(Files).Length);
    }

    [Fact]
    public async Task A_mailbox_is_migrated_and_what_differs_is_an_exit_code()
    {
        DemoMailbox.Fill(_user, DateTimeOffset.Now);
        int count = await CountAsync(_user, "INBOX");
        const string Sync = "./Sync-Mailbox.ps1 @at @to -StatePath $files/state.jsonl";
        string to = $"$to = {Login(_other, to: "To")}";

        RecipeRun trial = await SucceedAsync($"{Sync} -WhatIf", At, to);
        Assert.Contains("INBOX", trial.Texts("Folder"));
        Assert.Equal(0, await CountAsync(_other, "INBOX"));

        RecipeRun run = await SucceedAsync(Sync, At, to);
        Assert.All(run.Objects, folder => Assert.True(folder.GetProperty("IsEqual").GetBoolean()));
        Assert.Equal((count, count), (await CountAsync(_user, "INBOX"), await CountAsync(_other, "INBOX")));

        Deliver(_other, new MailText { Subject = "only there" });
        RecipeRun differing = await RunAsync(Sync, At, to);
        Assert.Equal(2, differing.ExitCode);
        Assert.Equal("INBOX",
            Assert.Single(differing.Objects, folder => !folder.GetProperty("IsEqual").GetBoolean()).GetProperty("Folder").GetString());
    }

    [Fact]
    public async Task A_backup_is_made_and_tested_and_a_damaged_file_is_an_exit_code()
    {
        Deliver(_user, new MailText { Subject = "one" });
        Deliver(_user, new MailText { Subject = "two" });
        const string Backup = "./Backup-Mailbox.ps1 @at -Path $files/backup";

        await SucceedAsync($"{Backup} -WhatIf", At);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Files));

        RecipeRun first = await SucceedAsync(Backup, At);
        Assert.Equal((2, 2), (first.Single.GetProperty("Messages").GetInt32(), first.Single.GetProperty("Fetched").GetInt32()));
        RecipeRun second = await SucceedAsync(Backup, At);
        Assert.Equal((2, 0), (second.Single.GetProperty("Messages").GetInt32(), second.Single.GetProperty("Fetched").GetInt32()));

        await File.AppendAllTextAsync(Directory.EnumerateFiles(Files, "*.eml", SearchOption.AllDirectories).First(), "x", Cancellation);
        RecipeRun damaged = await RunAsync(Backup, At);
        Assert.Equal(2, damaged.ExitCode);
        Assert.Equal(1, damaged.Single.GetProperty("Problems").GetArrayLength());
    }

    [Theory]
    [InlineData("./Remove-Newsletter.ps1 @at")]
    [InlineData("./Move-Invoice.ps1 @at -From billing@")]
    [InlineData("./Test-NightlyReport.ps1 @at -Subject Backup")]
    [InlineData("./Get-LoginCode.ps1 @at -To a@app.example -Action { Set-Content $files/ran x }")]
    [InlineData("./Export-MailboxReport.ps1 @at -Path $files")]
    [InlineData("./Sync-Mailbox.ps1 @at @to -StatePath $files/state.jsonl")]
    [InlineData("./Backup-Mailbox.ps1 @at -Path $files/backup")]
    public async Task A_wrong_password_is_an_exit_code_and_nothing_is_done(string statement)
    {
        RecipeRun run = await RunAsync(statement, Login(_user, "wrong"), $"$to = {Login(_other, to: "To")}");
        Assert.True(run.ExitCode == 1, run.Said);
        Assert.Empty(run.Objects);
        Assert.Contains("password", run.Said, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Files));
    }

    private void DeliverInvoice(string from, string file, DateTime received) =>
        _user.Deliver("INBOX", new MailText
        {
            From = from,
            Subject = "Your invoice",
            Text = "Thank you.",
            Attachments = [new MailAttachment(file, "application/octet-stream", "%PDF-1.1"u8.ToArray())],
        }.ToString(), new MessageState(new DateTimeOffset(received)));
}
