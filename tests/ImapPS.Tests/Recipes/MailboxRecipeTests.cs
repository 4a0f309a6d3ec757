using System.Text.Json;
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

        const string Journal = "-JournalPath $files/moved.jsonl";
        IReadOnlyList<RecipeRun> runs = await RunAsync(At, "",
            $"./Remove-Newsletter.ps1 @at {Journal} -WhatIf",
            "Show-Count INBOX, Trash; Test-Path $files/*",
            $"./Remove-Newsletter.ps1 @at -List weekly.ladle {Journal}",
            $"./Remove-Newsletter.ps1 @at {Journal}",
            "Show-Count INBOX, Trash",
            "$connection = $at.Connection; Use-ImapSession $at.Server -Credential $at.Credential @connection { "
                + "Get-Content $files/moved.jsonl | ConvertFrom-Json | Move-ImapMessage INBOX }",
            "Show-Count INBOX, Trash",
            "./Remove-Newsletter.ps1 @at -MaxMessages 1");
        Assert.True(runs.Count == 8, runs[^1].Said);
        Assert.Equal(2, runs[0].WhatIf.Count);
        Assert.Empty(runs[0].Objects);
        Assert.Equal(["5 0", "False"], runs[1].Objects.Select(one => one.ToString()));
        Assert.Equal(1, runs[2].Only.GetProperty("Messages").GetInt32());
        Assert.Equal(1, runs[3].Only.GetProperty("Messages").GetInt32());
        Assert.Equal(("3 2", "5 0"), (runs[4].Text, runs[6].Text));
        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1], runs.Select(run => run.ExitCode));
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

        IReadOnlyList<RecipeRun> runs =
            await SucceedAsync(At, "", $"{Move} -WhatIf", "Show-Count INBOX; Test-Path $files/*", Move, Move);
        Assert.NotEmpty(runs[0].WhatIf);
        Assert.Empty(runs[0].Objects);
        Assert.Equal(["5", "False"], runs[1].Objects.Select(one => one.ToString()));
        Assert.Equal(["Invoices/2026-01", "Invoices/2026-01", "Invoices/2026-03"], runs[2].Texts("Folder"));
        Assert.Empty(runs[3].Objects);
        Assert.Equal((2, 2, 1), (await CountAsync(_user, "INBOX"), await CountAsync(_user, "Invoices/2026-01"),
            await CountAsync(_user, "Invoices/2026-03")));
        Assert.Equal(["invoices/2026-01/r1.pdf", "invoices/2026-01/r2.pdf", "invoices/2026-03/r3.pdf"],
            Directory.EnumerateFiles(Files, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Files, file))
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_missing_report_is_an_exit_code()
    {
        Deliver(_user, new MailText { Subject = "Backup of db-01: success" }, 0.2);
        Deliver(_user, new MailText { Subject = "Backup of db-02: success" }, 1.5);
        Deliver(_user, new MailText { Subject = "Backup of db-01: success" }, 1.5);
        IReadOnlyList<RecipeRun> runs = await RunAsync(At, "",
            [.. Enumerable.Range(1, 3).Select(i => $"./Test-NightlyReport.ps1 @at -Subject 'Backup of db-0{i}: *' -From ada@")]);

        Assert.Equal([0, 2, 2], runs.Select(run => run.ExitCode));
        Assert.Equal([false, true, true], runs.Select(run => run.Only.GetProperty("IsMissing").GetBoolean()));
        Assert.Equal(["Backup of db-01: success", "Backup of db-02: success", null], runs.SelectMany(run => run.Texts("LastSubject")));
        DateTimeOffset last = runs[0].Only.GetProperty("LastReceived").GetDateTimeOffset();
        Assert.InRange(DateTimeOffset.Now - last, TimeSpan.FromHours(4), TimeSpan.FromHours(6));
    }

    [Fact]
    public async Task The_code_of_this_login_is_returned_and_not_that_of_an_earlier_one()
    {
        Deliver(_user, new MailText { To = "test-1@app.example", Subject = "Your login", Text = "Your code is 111 111." });
        const string Get = "./Get-LoginCode.ps1 @at -To test-1@app.example";
        const string Action = "$text = 'Your code is 481 516.'; $action = { 'done'; 'other', 'test-1' | ForEach-Object { "
            + "$null = Import-ImapMessage INBOX -Content \"To: $_@app.example`r`nSubject: Your login`r`n`r`n$text`r`n\" } }";
        IReadOnlyList<RecipeRun> runs = await RunAsync(At, Action,
            $"{Get} -Action $action",
            $"try {{ {Get} -Action {{ }} -TimeoutSeconds 1 }} catch {{ $_.FullyQualifiedErrorId }}",
            $"try {{ {Get} -Action {{ throw 'no action' }} }} catch {{ $_.FullyQualifiedErrorId }}",
            $"$text = 'Hello.'; {Get} -Action $action");

        Assert.True(runs.Count == 4, runs[^1].Said);
        Assert.Equal("481516", runs[0].Text);
        Assert.Equal("WaitTimeout,ImapPS.Commands.WaitImapMessageCommand", runs[1].Text);
        Assert.Equal("no action", runs[2].Text);
        Assert.Equal((1, 0), (runs[3].ExitCode, runs[3].Objects.Count));
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
        const string List = "(Get-ChildItem $files).Count";
        IReadOnlyList<RecipeRun> runs = await SucceedAsync(
            At, "", Export.Replace(" |", " -WhatIf |", StringComparison.Ordinal), List, Export, List, Export, List);
        Assert.NotEmpty(runs[0].WhatIf);
        Assert.Equal(["4", "4", "4"], new[] { runs[1], runs[3], runs[5] }.Select(run => run.Only.ToString()));
        string written = runs[2].Only.GetProperty("Name").GetString()!;
        Assert.Matches($@"^{_user.Name} \d{{4}}-\d\d-\d\d\.html$", written);
        Assert.True(runs[2].Only.GetProperty("Length").GetInt64() > 10_000);
        Assert.Equal(new[] { $"{_user.Name} 2026-02-01.html", $"{_user.Name} notes.html", "other 2026-01-01.html", written }.Order(),
            Directory.GetFiles(Files).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_mailbox_is_migrated_and_what_differs_is_an_exit_code()
    {
        DemoMailbox.Fill(_user, DateTimeOffset.Now);
        int count = await CountAsync(_user, "INBOX");
        const string Sync = "./Sync-Mailbox.ps1 @at @to -StatePath $files/state.jsonl";
        string to = $"$to = {Login(_other, to: "To")}";

        IReadOnlyList<RecipeRun> runs = await RunAsync(At, to,
            $"{Sync} -WhatIf",
            "Show-Count INBOX $to To; Test-Path $files/*",
            Sync,
            "Show-Count INBOX; Show-Count INBOX $to To",
            "$there = $to.ToConnection; Use-ImapSession $to.ToServer -Credential $to.ToCredential @there { "
                + "$null = Import-ImapMessage INBOX -Content \"Subject: only there`r`n`r`nx`r`n\" }",
            Sync);
        Assert.Equal([0, 0, 0, 0, 0, 2], runs.Select(run => run.ExitCode));
        Assert.Contains("INBOX", runs[0].Texts("Folder"));
        Assert.Equal(["0", "False"], runs[1].Objects.Select(one => one.ToString()));
        Assert.All(runs[2].Objects, folder => Assert.True(folder.GetProperty("IsEqual").GetBoolean()));
        Assert.Equal([$"{count}", $"{count}"], runs[3].Objects.Select(one => one.ToString()));
        JsonElement differing = Assert.Single(runs[5].Objects, folder => !folder.GetProperty("IsEqual").GetBoolean());
        Assert.Equal("INBOX", differing.GetProperty("Folder").GetString());
    }

    [Fact]
    public async Task A_backup_is_made_and_tested_and_a_damaged_file_is_an_exit_code()
    {
        Deliver(_user, new MailText { Subject = "one" });
        Deliver(_user, new MailText { Subject = "two" });
        const string Backup = "./Backup-Mailbox.ps1 @at -Path $files/backup";

        IReadOnlyList<RecipeRun> runs = await RunAsync(At, "",
            $"{Backup} -WhatIf",
            "Test-Path $files/*",
            Backup,
            Backup,
            "Get-ChildItem $files -Recurse -Filter *.eml | Select-Object -First 1 | Add-Content -Value x",
            Backup);
        Assert.Equal([0, 0, 0, 0, 0, 2], runs.Select(run => run.ExitCode));
        Assert.Equal("False", runs[1].Only.ToString());
        Assert.Equal([(2, 2), (2, 0), (2, 0)], new[] { runs[2], runs[3], runs[5] }.Select(run =>
            (run.Only.GetProperty("Messages").GetInt32(), run.Only.GetProperty("Fetched").GetInt32())));
        Assert.Equal([0, 0, 1], new[] { runs[2], runs[3], runs[5] }.Select(run => run.Only.GetProperty("Problems").GetArrayLength()));
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
        RecipeRun run = Assert.Single(await RunAsync(Login(_user, "wrong"), $"$to = {Login(_other, to: "To")}", statement));
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
