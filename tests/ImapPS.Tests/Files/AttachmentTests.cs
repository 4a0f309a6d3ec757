using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Files;

public sealed class AttachmentTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly DateTimeOffset _received = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    private string Folder => Path.Combine(Dovecot.Directory, "saved", User.Name);

    private string[] Saved => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)] : [];

    [Fact]
    public void Attachments_are_decoded_and_only_their_parts_fetched()
    {
        byte[] pdf = [.. Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7))];
        User.Deliver("INBOX",
            Mixed(File("report.pdf", "application/pdf", pdf), Quoted("caf=C3=A9.txt", "caf=C3=A9=\r\n=3D\r\n"),
            Plain("notes.csv", "a;b\r\n1;2\r\n")), new MessageState(_received));
        Connect();
        IReadOnlyList<PSObject> saved = Succeed("Get-ImapMessage | Save-ImapAttachment $to -PassThru", ("to", Folder));
        Assert.Equal(["report.pdf", "caf=C3=A9.txt", "notes.csv"], saved.Select(file => ((FileInfo)file.BaseObject).Name));
        Assert.Equal(pdf, System.IO.File.ReadAllBytes(At("report.pdf")));
        Assert.Equal("café=\r\n", System.IO.File.ReadAllText(At("caf=C3=A9.txt")));
        Assert.Equal("a;b\r\n1;2\r\n", System.IO.File.ReadAllText(At("notes.csv")));
        Assert.All(saved, file => Assert.Equal(_received.UtcDateTime, ((FileInfo)file.BaseObject).LastWriteTimeUtc));
        Assert.Equal(["BODY.PEEK[2]", "BODY.PEEK[3]", "BODY.PEEK[4]"], Parts());
        Assert.DoesNotContain(Proxy.Commands, command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal)
            || command.Verb is "SELECT" or "UID STORE" or "STORE");
        Assert.False(Property<bool>(Assert.Single(Succeed("Get-ImapMessage")), "IsRead"));
    }

    [Fact]
    public void Files_are_written_beside_the_connection_and_told_in_the_order_of_their_messages()
    {
        // Of some the octets are kept in memory until they are whole, of others they are not; the quick ones are done first.
        int[] sizes = [3_000_000, 0, 1, 1_600_000, 10, 2_500_000, 57, 58, 100_000, 3];
        byte[][] files = [.. sizes.Select(size => Enumerable.Range(0, size).Select(i => (byte)(i * 31 / 7)).ToArray())];
        foreach (byte[] file in files) User.Deliver("INBOX", Mixed(File("same.bin", "application/x-data", file)));
        Connect();
        IReadOnlyList<PSObject> saved = Succeed("Get-ImapMessage | Save-ImapAttachment $to -PassThru", ("to", Folder));

        Assert.Equal(["same.bin", .. Enumerable.Range(2, 9).Select(n => Text($"same ({n}).bin"))],
            saved.Select(file => ((FileInfo)file.BaseObject).Name));
        Assert.All(saved.Zip(files), pair =>
            Assert.Equal(pair.Second, System.IO.File.ReadAllBytes(((FileInfo)pair.First.BaseObject).FullName)));
        Assert.Equal(10, Directory.GetFileSystemEntries(Folder).Length);
    }

    [Fact]
    public void Messages_without_attachments_cost_nothing()
    {
        User.DeliverMany("INBOX", 600, i => new SeedMessage(i is 3 or 400 ? Mixed(Plain(Text($"{i}.txt"), "x")) : Message("none")));
        Connect();
        Succeed("$messages = Get-ImapMessage");
        Proxy.Clear();
        Succeed("$messages | Save-ImapAttachment $to", ("to", Folder));
        Assert.Equal(["3.txt", "400.txt"], Saved);
        Assert.Equal(3, Proxy.Count("UID FETCH"));
        Assert.Contains("UID FETCH 4,401 ", Proxy.Commands.First(command => command.Verb == "UID FETCH").Line, StringComparison.Ordinal);

        // Of partial ones the structures are asked for, in one command.
        Proxy.Clear();
        Succeed("1..450 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Save-ImapAttachment $to -Force",
            ("to", Folder));
        Assert.Equal(3, Proxy.Count("UID FETCH"));
    }

    [Theory]
    [InlineData("-Name *.PDF", "a.pdf")]
    [InlineData("-Name *.pdf, b.*", "a.pdf b.txt")]
    [InlineData("-ContentType text/*", "b.txt")]
    [InlineData("-ContentType IMAGE/*", "")]
    [InlineData("-ContentType image/* -Inline", "attachment.gif logo.png")]
    [InlineData("-Inline", "a.pdf attachment.gif b.txt logo.png")]
    [InlineData("-Part 3", "a.pdf")]
    [InlineData("-Part 2.2, 4", "b.txt logo.png")]
    [InlineData("-Part 1", "attachment.txt")]
    [InlineData("", "a.pdf b.txt")]
    public void What_is_wanted(string parameters, string expected)
    {
        string related = "Content-Type: multipart/related; boundary=r\r\n\r\n--r\r\n"
            + "Content-Type: text/html\r\n\r\n<img src=cid:1@x><img src=cid:2@x>\r\n--r\r\n"
            + "Content-Type: image/png; name=logo.png\r\nContent-ID: <1@x>\r\nContent-Disposition: inline; "
                + "filename=logo.png\r\n\r\nx\r\n--r\r\nContent-Type: image/gif\r\nContent-ID: <2@x>\r\n\r\nx\r\n--r--\r\n";
        User.Deliver("INBOX", Mixed(related, File("a.pdf", "application/pdf", [1]), Plain("b.txt", "x")));
        Connect();
        Succeed($"Get-ImapMessage | Save-ImapAttachment $to {parameters}", ("to", Folder));
        Assert.Equal(expected, string.Join(' ', Saved));
    }

    [Fact]
    public void Hostile_and_missing_names()
    {
        string[] names = ["../../etc/passwd", "CON", "utf-8''a%E2%80%AEfdp.exe", "", new string('x', 300) + ".pdf",
            "x.txt. . .", @"C:\x.txt", "a:b", "Case.txt", "case.TXT", "utf-8''%00%1b%5b31m.txt", ".bashrc", "nul.txt", "/"];
        User.Deliver("INBOX",
            Mixed([.. names.Select(name => "Content-Type: application/octet-stream\r\nContent-Disposition: attachment"
            + Named(name) + "\r\n\r\nx\r\n")]));
        Connect();
        Succeed("Get-ImapMessage | Save-ImapAttachment $to", ("to", Folder));
        Assert.Equal(names.Length, Saved.Length);
        Assert.Superset(new HashSet<string>
        {
            "_.._etc_passwd",
            "_CON",
            "afdp.exe",
            "x.txt",
            "C__x.txt",
            "a_b",
            "Case.txt",
            "case (2).TXT",
            "bashrc",
            "_nul.txt",
            "_",
        }, new HashSet<string>(Saved));
        Assert.Contains(Saved, name => name.Length == 255 && name.EndsWith("x.pdf", StringComparison.Ordinal));
        Assert.All(Saved, name => Assert.DoesNotContain(name, char.IsControl));
        Assert.Empty(Directory.GetDirectories(Folder));

        static string Named(string name) =>
            name.Length == 0
                ? "" : name.StartsWith("utf-8''", StringComparison.Ordinal) ? "; filename*=" + name
                : $"; filename=\"{name.Replace(@"\", @"\\", StringComparison.Ordinal)}\"";
    }

    [Fact]
    public void An_attached_message_is_an_eml_file()
    {
        string inner = Message("Fwd: the contract", body: "inner");
        User.Deliver("INBOX", Mixed($"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n{inner}",
            $"Content-Type: message/rfc822; name=given\r\nContent-Disposition: attachment; filename=given\r\n\r\n{inner}"));
        Connect();
        Succeed("Get-ImapMessage | Save-ImapAttachment $to", ("to", Folder));
        Assert.Equal(["Fwd_ the contract.eml", "given.eml"], Saved);
        Assert.Equal(inner.TrimEnd(), System.IO.File.ReadAllText(At("given.eml")).TrimEnd());
    }

    [Fact]
    public void A_message_that_is_its_attachment()
    {
        User.Deliver("INBOX", "Subject: scan\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf\r\n"
            + "Content-Disposition: attachment; filename=scan.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n");
        Connect();
        Succeed("Get-ImapMessage | Save-ImapAttachment $to", ("to", Folder));
        Assert.Equal("%PDF-", System.IO.File.ReadAllText(At("scan.pdf")));
        Assert.Equal(["BODY.PEEK[1]"], Parts());
    }

    [Fact]
    public void Equal_names_are_numbered_refused_or_overwritten()
    {
        User.DeliverMany("INBOX", 2, i => new SeedMessage(Mixed(Plain("Scan.pdf", Text($"{i}")))));
        Connect();
        Succeed("Get-ImapMessage | Save-ImapAttachment $to", ("to", Folder));
        Assert.Equal(["Scan (2).pdf", "Scan.pdf"], Saved);
        Proxy.Clear();
        EngineResult refused = Run("Get-ImapMessage | Save-ImapAttachment $to -NoClobber", ("to", Folder));
        Assert.Equal(2, refused.AllErrors.Count());
        Assert.All(refused.AllErrors, error =>
            Assert.Equal("FileExists,ImapPS.Commands.SaveImapAttachmentCommand", error.FullyQualifiedErrorId));
        Assert.Empty(Parts());
        System.IO.File.WriteAllText(At("Scan.pdf"), "old");
        Succeed("Get-ImapMessage | Save-ImapAttachment $to -Force", ("to", Folder));
        Assert.Equal(["Scan (2).pdf", "Scan.pdf"], Saved);
        Assert.StartsWith("0", System.IO.File.ReadAllText(At("Scan.pdf")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("before")]
    [InlineData("within")]
    public void A_cut_connection_fetches_the_part_again(string when)
    {
        byte[] bytes = [.. Enumerable.Range(0, 50_000).Select(i => (byte)i)];
        User.Deliver("INBOX", Mixed(File("a.bin", "application/x-a", bytes), File("b.bin", "application/x-b", bytes)));
        Connect();
        Proxy.On(command => command.Line.Contains("BODY.PEEK[3]", StringComparison.Ordinal), when == "before"
            ? ProxyAction.CutBefore : ProxyAction.CutMidResponse(20_000));
        Succeed("Get-ImapMessage | Save-ImapAttachment $to", ("to", Folder));
        Assert.Equal(["a.bin", "b.bin"], Saved);
        Assert.Equal(bytes, System.IO.File.ReadAllBytes(At("b.bin")));
        Assert.Equal(["BODY.PEEK[2]", "BODY.PEEK[3]", "BODY.PEEK[3]"], Parts());
    }

    [Fact]
    public async Task Errors()
    {
        User.DeliverMany("INBOX", 3, i => new SeedMessage(Mixed(Plain(Text($"{i}.txt"), "x"))));
        Connect();
        Succeed("$messages = Get-ImapMessage");
        Directory.CreateDirectory(At("1.txt"));
        AssertError(Run("$messages[1] | Save-ImapAttachment $to -Force", ("to", Folder)), "FileNotSaved");
        AssertError(Run("$messages | Select-Object Folder, Uid, @{ Name = 'UidValidity'; Expression = { 7 } } | Save-ImapAttachment $to",
            ("to", Folder)), "UidValidityChanged");
        Assert.Empty(Saved);

        // One that goes before its structure is read, and one that goes after.
        await ExpungeAsync("1");
        Proxy.On(command => command.Line.Contains("UID FETCH 3 (BODY.PEEK[2]", StringComparison.Ordinal),
            ProxyAction.Run(() => ExpungeAsync("3")));
        EngineResult result = Run("$messages | Save-ImapAttachment $to", ("to", Folder));
        Assert.Equal(2, result.AllErrors.Count());
        Assert.All(result.AllErrors, error =>
            Assert.Equal("MessageNotFound,ImapPS.Commands.SaveImapAttachmentCommand", error.FullyQualifiedErrorId));
        Assert.Equal(["1 (2).txt"], Saved);
        Assert.Equal(0, Proxy.Connections);

        System.IO.File.WriteAllText(At("file"), "");
        AssertError(Run("$messages | Save-ImapAttachment $to/file", ("to", Folder)), "ArgumentInvalid");
    }

    [Fact]
    public void Where_the_structure_is_nonsense_attachments_come_from_the_message()
    {
        User.DeliverMany("INBOX", 4, i => new SeedMessage(Mixed(Plain(Text($"{i}.txt"), "x"))));
        Connect();
        Succeed("$messages = Get-ImapMessage");
        Proxy.On(command => command.Line.Contains("BODYSTRUCTURE", StringComparison.Ordinal)
            && (command.Line.Contains(" 1:4 ", StringComparison.Ordinal) || command.Line.Contains(" 3:4 ", StringComparison.Ordinal)
            || command.Line.Contains(" 3 ", StringComparison.Ordinal)), ProxyAction.Inject(
            "* 3 FETCH (UID 3 BODYSTRUCTURE nonsense)"), times: int.MaxValue);
        Succeed("$messages | Save-ImapAttachment $to", ("to", Folder));
        Assert.Equal(["0.txt", "1.txt", "2.txt", "3.txt"], Saved);
    }

    [Fact]
    public void WhatIf_saves_nothing()
    {
        User.Deliver("INBOX", Mixed(Plain("a.txt", "x")));
        Connect();
        Succeed("Get-ImapMessage | Save-ImapAttachment $to -WhatIf", ("to", Folder));
        Assert.False(Directory.Exists(Folder));
        Assert.Empty(Parts());
    }

    private static string Mixed(params string[] parts) =>
        $"Subject: with attachments\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + $"--b\r\nContent-Type: text/plain\r\n\r\nSee attached.\r\n--b\r\n{string.Join("\r\n--b\r\n", parts)}\r\n--b--\r\n";

    private static string File(string name, string type, byte[] content) =>
        $"Content-Type: {type}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\nContent-Transfer-Encoding: "
            + $"base64\r\n\r\n{Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks)}";

    private static string Plain(string name, string content) =>
        $"Content-Type: text/plain\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n{content}";

    private static string Quoted(string name, string content) =>
        $"Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n"
            + $"Content-Transfer-Encoding: quoted-printable\r\n\r\n{content}";

    private string At(string name) => Path.Combine(Folder, name);

    private IEnumerable<string> Parts() =>
        Proxy.Commands.Where(command => command.Line.Contains("BODY.PEEK[", StringComparison.Ordinal)
            && !command.Line.Contains("HEADER", StringComparison.Ordinal))
            .Select(command => command.Line[(command.Line.IndexOf('(', StringComparison.Ordinal) + 1)..^1]);
}
