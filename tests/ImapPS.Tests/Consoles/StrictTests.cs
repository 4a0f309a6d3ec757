using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Consoles;

/// <summary>Every type that a cmdlet emits, in every view, with the strictest settings that a profile may have.</summary>
public sealed class StrictTests(MailServer mail, ConsolePool consoles) : ConsoleTest(mail, consoles)
{
    private static readonly (string Type, string Expression)[] _emitted =
    [
        ("ImapSession", "Get-ImapSession"),
        ("ImapServer", "'alice@contoso.onmicrosoft.com', 'bob@icloud.com' | Resolve-ImapServer"),
        ("ImapFolder", "Get-ImapFolder"),
        ("ImapMessage", "Get-ImapMessage -Folder *"),
        ("ImapMessage with everything", "Get-ImapMessage -Newest 5 -Include Preview -Headers List-Id, Received"),
        ("ImapAddress", "Get-ImapMessage -Newest 3 | ForEach-Object From"),
        ("ImapAttachment", "Get-ImapMessage -HasAttachment -First 2 | ForEach-Object Attachments"),
        ("ImapHeader", "Get-ImapMessage -Newest 1 | Get-ImapMessageContent | ForEach-Object Headers"),
        ("ImapMessageContent", "Get-ImapMessage -Folder * | Get-ImapMessageContent"),
        ("ImapDuplicate", "$null = Get-ImapMessage -First 2 | Copy-ImapMessage Archive -PassThru; Find-ImapDuplicate"),
        ("ImapMeasure", "Measure-ImapFolder * -By Year, Sender"),
        ("ImapFolderBackup", "Backup-ImapFolder -Path ./backup"),
        ("ImapBackupTest", "$null = Backup-ImapFolder -Path ./backup; Test-ImapBackup ./backup"),
        ("ImapBackupProblem", "$null = Backup-ImapFolder -Path ./backup; 'x' > ./backup/INBOX/extra; "
            + "Test-ImapBackup ./backup | ForEach-Object Problems"),
        ("ImapFolderRestore", "$null = Backup-ImapFolder -Path ./backup; Restore-ImapFolder -Path ./backup"),
        ("ImapChangeSummary", "Get-ImapMessage -First 1 | Set-ImapMessage -Read -Summary"),
        ("ImapSyncAction", "Sync-ImapFolder INBOX -ToSession (Get-ImapSession) -Map @{ INBOX = 'New' } -WhatIf"),
        ("ImapSyncResult", "Sync-ImapFolder INBOX -ToSession (Get-ImapSession) -Map @{ INBOX = 'New' }"),
        ("ImapSyncDifference", "$null = Sync-ImapFolder INBOX -ToSession (Get-ImapSession) -Map @{ INBOX = 'New' }; "
            + "$null = Get-ImapMessage -First 1 | Copy-ImapMessage New; "
            + "Sync-ImapFolder INBOX -ToSession (Get-ImapSession) -Map @{ INBOX = 'New' } | ForEach-Object Differences"),
        ("ImapFolderEvent", "$mark = Get-ImapFolder Drafts; Get-ImapMessage -First 2 | Copy-ImapMessage Drafts; "
            + "Watch-ImapFolder -After $mark -TimeoutSeconds 0"),
        ("FileInfo", "Get-ImapMessage -First 2 | Save-ImapMessage ./saved -PassThru"),
    ];

    public static TheoryData<string, int> Emitted
    {
        get
        {
            var rows = new TheoryData<string, int>();
            foreach ((string type, _) in _emitted)
            {
                rows.Add(type, 80);
                rows.Add(type, 120);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Emitted))]
    public async Task Every_view_works_and_fits(string type, int width)
    {
        DemoMailbox.Fill(User, DateTimeOffset.UtcNow);
        await OpenAsync(
            $"""
            {Connect}
            Set-StrictMode -Version Latest
            $ErrorActionPreference = 'Stop'
            """,
            width);
        string expression = Array.Find(_emitted, row => string.Equals(row.Type, type, StringComparison.Ordinal)).Expression;

        await TypeAsync($"$objects = @({expression})");
        foreach (string view in new[]
        {
            "$objects",
            "$objects | Format-Table",
            "$objects | Format-List",
            "$objects | Format-List *",
            "$objects | Out-String -Width 79",
        })
        {
            IReadOnlyList<string> lines = await TypeAsync(view);
            Assert.True(lines.Count(line => line.Length > 0) > 2, view);
            Assert.All((await Console.Terminal.ReadUnwrappedAsync(Cancellation)).Lines, line => Assert.True(Columns(line) <= width, line));
        }
    }

    [Theory]
    [InlineData("Get-ImapFolder", 80)]
    [InlineData("Get-ImapMessage", 80)]
    [InlineData("Get-ImapSession", 80)]
    public async Task A_table_has_a_line_for_each_object(string statement, int width)
    {
        DemoMailbox.Fill(User, DateTimeOffset.UtcNow);
        await OpenAsync(Connect, width);

        int count = int.Parse((await TypeAsync($"@({statement}).Count"))[0], System.Globalization.CultureInfo.InvariantCulture);
        IReadOnlyList<string> lines = await TypeAsync(statement);

        Assert.Equal(count, lines.SkipWhile(line => !Regex.IsMatch(line, "^[ -]+$")).Skip(1).Count(line => line.Length > 0));
    }

    // Most emoji, and the letters of East Asia, take two columns; the demo mailbox has them in subjects.
    private static int Columns(string line) =>
        line.EnumerateRunes().Sum(rune => rune.Value >= 0x1100 && rune.Value is not (>= 0x2000 and <= 0x2FFF) ? 2 : 1);
}
