using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Reporting;

/// <summary>What a report is made of, what it costs, and what becomes of mail that means harm.</summary>
public sealed class ReportTests(MailServer mail) : ReportTest(mail)
{
    /// <summary>Senders, whose names are in the page.</summary>
    private static readonly string[] _hostile =
    [
        "\"<script>alert(1)</script>\"@example.org", "\"</style><img src=x onerror=alert(1)>\"@example.org",
        "\"' onload='alert(1)\"@example.org", "&lt;b&gt;@example.org", "]]><!--@example.org",
        new string('a', 10_000) + "@example.org", "\u202egro.elpmaxe@moc.txt", "שלום@דוגמה.example", "x\u0001\u0007\u001b[31m@example.org",
        "\ufffe\uffff@example.org", "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307@example.org", "\U000e0041\u200b@example.org",
        "{{7*7}}@example.org", "javascript:alert(1)@example.org",
    ];

    /// <summary>The sections that have a picture as soon as there is a message.</summary>
    private static readonly string[] _pictures =
        ["folders", "growth", "senders", "received", "lists", "sizes", "age", "unread", "types", "attachments"];

    [Fact]
    public void An_empty_mailbox_has_a_page_without_pictures()
    {
        Connect();
        ReadPage page = Report();
        Assert.Equal("0", page.Figure("Messages"));
        Assert.Equal("0 B", page.Figure("Size"));
        foreach (string section in _pictures)
        {
            Assert.StartsWith("No ", page.Summary(section), StringComparison.Ordinal);
            Assert.Equal(0, page.Pictures(section));
            Assert.Empty(page.Rows(section));
        }

        Assert.Equal("No message is a copy of another one.", page.Summary("copies"));
        Assert.False(page.Has("uncounted"));
    }

    [Fact]
    public void One_message_is_enough_for_each_picture()
    {
        User.Deliver("INBOX", new MailText { Headers = ["List-Id: <one.example.org>"], Attachments = [new("a.txt", "text/plain", [1])] }
            .ToString());
        Connect();
        ReadPage page = Report();
        Assert.All(_pictures,
            section => Assert.Equal((section, 2), (section, page.Pictures(section))));
        Assert.Equal(["ada@example.org | 1 | 1 | " + page.Figure("Size") + " | 100%"], page.Rows("senders"));
    }

    [Fact]
    public void What_senders_write_is_text_and_turns_nothing()
    {
        foreach (string sender in _hostile)
        {
            string raw = $"From: {sender}\r\nList-Id: <{sender}>\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                + "Content-Type: \"text/<script>\"; name=x\r\nContent-Disposition: attachment; filename=x\r\n\r\nx\r\n--b--\r\n";
            User.Deliver("<script>alert(2)", Encoding.UTF8.GetBytes(raw));
            User.Deliver("Bidi \u202e\u2066 & \"x\"", Encoding.UTF8.GetBytes(raw));
        }

        User.Deliver("INBOX", Octets("From: \xff\xfe\x80@example.org\r\n\r\nx\r\n"));
        Connect();
        ReadPage page = Report();
        Assert.DoesNotContain("<script", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page.Text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("<script>alert(1)</script>", page.Seen, StringComparison.Ordinal);
        Assert.Contains(page.Rows("folders"), row => row.StartsWith("<script>alert(2) |", StringComparison.Ordinal));
        Assert.InRange(page.Rows("senders").Length, _hostile.Length - 2, _hostile.Length + 1);
        Assert.All(page.Rows("senders"), row => Assert.InRange(row.Length, 1, 220));
    }

    [Fact]
    public void Each_folder_is_read_once()
    {
        foreach (string folder in new[] { "INBOX", "Archive", "Trash" })
        {
            User.DeliverMany(folder, 50, i => new SeedMessage(Message($"{i}")));
        }

        User.CreateFolder("Lists/empty");
        Connect();
        Report("-Verbose:$false");
        Assert.Equal(3, Proxy.Count("UID FETCH"));
        Assert.Equal(Proxy.Count("UID SEARCH"), Proxy.Count("EXAMINE"));
        Assert.Equal(Proxy.Count("UID SEARCH"), Proxy.Count("GETQUOTAROOT"));
        Assert.Empty(Succeed("Get-ImapMessage -Folder * -Read"));
    }

    [Fact]
    public void A_folder_that_cannot_be_counted_is_named_with_the_reason()
    {
        User.Deliver("INBOX", Message("one"));
        User.Deliver("Closed", Message("two"));
        User.CreateFolder("Above/below");
        Connect();
        Proxy.On(
            command => command.Line.Contains("EXAMINE Closed", StringComparison.Ordinal),
            ProxyAction.Reply("{tag} NO [NOPERM] Not <b>yours</b>"));
        EngineResult result = Run("Export-ImapReport $path", ("path", FilePath));
        AssertError(result, "PermissionDenied");
        ReadPage page = ReadPage.Of(FilePath);
        Assert.Equal("1", page.Figure("Messages"));
        string row = Assert.Single(page.Rows("uncounted"), one => one.StartsWith("Closed | ", StringComparison.Ordinal));
        Assert.Contains("Not <b>yours</b>", row, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_about_one_mailbox()
    {
        User.Deliver("INBOX", Message("one"));
        Connect();
        Connect("-Name other");
        AssertError(Run("Get-ImapSession | Export-ImapReport $path", ("path", FilePath)), "ArgumentInvalid");
        AssertError(Run("Export-ImapReport $path INBOX", ("path", Directory)), "ArgumentInvalid");
        Assert.Empty(System.IO.Directory.GetFiles(Directory));
        Assert.Empty(Succeed("@() | Export-ImapReport $path", ("path", FilePath)));
        Assert.False(File.Exists(FilePath));
    }

    [Fact]
    public void It_is_the_same_in_every_culture()
    {
        User.DeliverMany("INBOX", 1_200, i => new SeedMessage(Message($"{i}")));
        Connect();
        Report();
        Assert.Contains("1,200", File.ReadAllText(FilePath), StringComparison.Ordinal);
        using var engine = new PowerShellEngine(new EngineOptions { Culture = new("de-DE") });
        EngineResult result = engine.Invoke("Export-ImapReport $path -Session $id", new Dictionary<string, object?>(SessionId())
        {
            ["path"] = FilePath + ".de",
        });
        Assert.Equal([], result.AllErrors.Select(error => $"{error}"));
        Assert.Equal(WithoutTime(FilePath), WithoutTime(FilePath + ".de"));
    }

    [Fact]
    public async Task Nobody_loads_what_draws_before_it_draws()
    {
        const string Loaded = "@([AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -eq 'OxyPlot').Count";
        string script = $"Import-Module ./ImapPS.psd1; $c = [pscredential]::new('{User.Name}', "
            + $"(ConvertTo-SecureString '{User.Password}' -AsPlainText -Force)); "
            + $"$null = Connect-Imap localhost -Port {Dovecot.Port} -SkipCertificateCheck -Credential $c; "
            + $"$null = Measure-ImapFolder *; {Loaded}; "
            + $"Export-ImapReport '{FilePath}' -WhatIf; {Loaded}; "
            + $"Import-ImapMessage INBOX -Content \"Subject: x`r`n`r`nx`r`n\"; Export-ImapReport '{FilePath}'; {Loaded}";
        string[] lines = (await ToolPowerShell.RunAsync(script, Cancellation)).Trim('\r', '\n').Split('\n');
        Assert.Equal(["0", "0", "1"], lines.Where(line => line.Length == 1));
    }

    private static string WithoutTime(string path) =>
        System.Text.RegularExpressions.Regex.Replace(File.ReadAllText(path), "<time.*?</time>", string.Empty);
}
