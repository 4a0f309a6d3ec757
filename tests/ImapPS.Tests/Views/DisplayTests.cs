using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Views;

/// <summary>
/// Whatever a server or a message says, what is shown of it is only seen: the views of every type, questions, notes and errors.
/// </summary>
public sealed class DisplayTests(MailServer mail) : ModuleTest(mail)
{
    public static TheoryData<string, string> Views
    {
        get
        {
            var views = new TheoryData<string, string>();
            foreach (Type type in HostileObjects.Types)
            {
                foreach (string view in new[] { "Out-Default", "Format-Table", "Format-List" }) views.Add(type.FullName!, view);
            }

            return views;
        }
    }

    protected override EngineOptions Options => new() { Width = 4_000 };

    [Theory]
    [MemberData(nameof(Views))]
    public void No_view_shows_what_does_more_than_be_seen(string type, string view)
    {
        object value = HostileObjects.Create(typeof(ImapPS.Models.ImapMessage).Assembly.GetType(type)!);
        string shown = Engine.Format(view == "Out-Default"
            ? "$value"
            : $"$value | {view}", new Dictionary<string, object?>(StringComparer.Ordinal) { ["value"] = value });
        Assert.NotEmpty(shown.Trim());
        Hostile.AssertClean(shown);
    }

    [Fact]
    public void The_types_are_all_that_the_cmdlets_emit() =>
        Assert.Superset(
            new HashSet<string>(
                ["ImapSession", "ImapFolder", "ImapMessage", "ImapMessageContent", "ImapDuplicate", "ImapChangeSummary",
                "ImapFolderEvent", "ImapMeasure", "ImapAddress", "ImapAttachment", "ImapHeader",
                "ImapConnectionStep", "ImapCertificate", "ImapFolderBackup", "ImapFolderRestore", "ImapBackupTest",
                "ImapBackupProblem"], StringComparer.Ordinal),
            HostileObjects.Types.Select(type => type.Name).ToHashSet(StringComparer.Ordinal));

    [Theory]
    [InlineData("Get-ImapMessage $folder | Remove-ImapMessage -WhatIf")]
    [InlineData("Get-ImapMessage $folder | Set-ImapMessage -Read -WhatIf")]
    [InlineData("Get-ImapMessage $folder | Move-ImapMessage $target -WhatIf")]
    [InlineData("Get-ImapMessage $folder | Save-ImapMessage $out -WhatIf")]
    [InlineData("Get-ImapMessage $folder | Save-ImapAttachment -Path $out -WhatIf")]
    [InlineData("Clear-ImapFolder $folder -WhatIf")]
    [InlineData("Backup-ImapFolder $folder -Path $out -WhatIf")]
    [InlineData("Backup-ImapFolder $folder -Path $out")]
    [InlineData("Backup-ImapFolder $folder -Path $out | Format-List")]
    [InlineData("$null = Backup-ImapFolder $folder -Path $out; Test-ImapBackup $out")]
    [InlineData("$null = Backup-ImapFolder $folder -Path $out; Test-ImapBackup $out | Format-List")]
    [InlineData("$null = Backup-ImapFolder $folder -Path $out; Restore-ImapFolder -Path $out")]
    [InlineData("Remove-ImapFolder $target -WhatIf")]
    [InlineData("Rename-ImapFolder $target -Destination ($target + 'x') -WhatIf")]
    [InlineData("New-ImapFolder ($target + 'x') -WhatIf")]
    [InlineData("Get-ImapMessage $folder -Verbose")]
    [InlineData("Get-ImapMessage $folder | Move-ImapMessage $target -Verbose")]
    [InlineData("Get-ImapMessage ($target + 'x')")]
    [InlineData("Get-ImapMessage $folder | Get-ImapMessageContent")]
    [InlineData("Get-ImapFolder | Format-List")]
    [InlineData("Wait-ImapMessage $folder -Subject nothing -TimeoutSeconds 0")]
    [InlineData("Find-ImapDuplicate $folder, $target")]
    [InlineData("Measure-ImapFolder $folder, $target -By Sender, Keyword")]
    [InlineData("Measure-ImapFolder $folder, $target -By AttachmentType, Folder | Format-List")]
    public void Nor_does_a_console(string command)
    {
        Prepare();
        string shown = Engine.Format(command, Variables());
        Assert.NotEmpty(shown.Trim());
        Hostile.AssertClean(shown);
    }

    [Theory]
    [InlineData("Get-ImapMessage $folder | Set-ImapMessage -Read -Confirm")]
    [InlineData("Get-ImapMessage $folder | Remove-ImapMessage -Permanent")]
    [InlineData("Clear-ImapFolder $folder -Confirm")]
    public void Nor_does_a_question(string command)
    {
        Prepare();
        Engine.Prompts.Answer([.. Enumerable.Repeat<object?>("No", 8)]);
        Engine.Invoke(command, Variables());
        Assert.NotEmpty(Engine.Prompts.Asked);
        Assert.All(Engine.Prompts.Asked, prompt => Hostile.AssertClean(prompt.Caption + prompt.Message));
    }

    [Fact]
    public void A_subject_of_kilobytes_is_cut_in_a_question()
    {
        string subject = string.Concat(Enumerable.Repeat("👩\u200d👩\u200d👧 ", 1_000));
        User.Deliver("INBOX", Message($"=?utf-8?B?{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(subject))}?="));
        Succeed("$null = Connect-Imap localhost -Port $port -Security None -AllowPlaintext -Credential $credential");
        Engine.Prompts.Answer("No");
        Succeed("Get-ImapMessage | Set-ImapMessage -Read -Confirm");
        string asked = Assert.Single(Engine.Prompts.Asked).Message;
        Assert.InRange(asked.Length, 1, 200);
        Assert.Contains("👧 …'", asked, StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_keep_what_came()
    {
        Prepare();
        PSObject folder = Assert.Single(Succeed("Get-ImapFolder -LiteralPath $folder", ("folder", Folder)));
        Assert.Equal(Folder, Property<string>(folder, "Path"));
        PSObject message = Assert.Single(Succeed("Get-ImapMessage $folder", ("folder", Folder)));
        Assert.Contains("\u202e", Property<string>(message, "Subject"), StringComparison.Ordinal);
    }

    /// <summary>Dovecot lets whoever shares a mailbox choose a name such as this.</summary>
    private static string Folder => "in\u0007\u009b\u202e\u2066ble\u2028\U000e0041";

    private static string Target => "to" + Folder;

    private void Prepare()
    {
        string encoded = $"=?utf-8?B?{Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Hostile.Text.Replace('\ud800', ' ')))}?=";
        string raw = $"From: {encoded} <a\u202e@example.org>\r\nTo: {encoded} <b@example.org>\r\nSubject: {encoded}\r\n"
            + $"Message-ID: <{encoded}@\u202e>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + $"--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{Hostile.OnOneLine}\u001b[2J https://example.org/\u202e\r\n--b\r\n"
                + $"Content-Type: application/x\u202e; name=\"{encoded}\"\r\nContent-Disposition: attachment; "
                + $"filename=\"{encoded}\"\r\n\r\nx\r\n--b--\r\n";
        User.Deliver(Folder, raw);
        User.Deliver(Target, raw);
        Succeed("$null = Connect-Imap localhost -Port $port -Security None -AllowPlaintext -Credential $credential");
    }

    private static Dictionary<string, object?> Variables() =>
        new(StringComparer.Ordinal) { ["folder"] = Folder, ["target"] = Target, ["out"] = Path.Combine(Path.GetTempPath(), "never") };
}
