using System.Globalization;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Files;

/// <summary>-SkipExisting: a job runs again, and fetches and writes only what is new.</summary>
public sealed class SkipExistingTests(MailServer mail) : ModuleTest(mail)
{
    private static readonly DateTimeOffset _received = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    private string Folder => Path.Combine(Dovecot.Directory, "skipped", User.Name);

    private string[] Saved => Directory.Exists(Folder)
        ? [.. Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)] : [];

    [Fact]
    public void A_second_run_saves_only_what_is_new()
    {
        for (int i = 1; i <= 3; i++) User.Deliver("INBOX", Message("same"), new MessageState(_received));
        Connect();
        const string Save = "Get-ImapMessage | Save-ImapMessage $to -NameTemplate '{Subject}' -SkipExisting -PassThru";
        Assert.Equal(3, Succeed(Save, ("to", Folder)).Count);
        Assert.Equal(["same (2).eml", "same (3).eml", "same.eml"], Saved);

        Proxy.Clear();
        Assert.Empty(Succeed(Save, ("to", Folder)));
        Assert.Empty(Downloads());

        // Another message of that name and length, received at another time: a report that comes every night.
        User.Deliver("INBOX", Message("same"), new MessageState(_received.AddDays(1)));
        Assert.Single(Succeed(Save, ("to", Folder)));
        Assert.Equal(["same (2).eml", "same (3).eml", "same (4).eml", "same.eml"], Saved);
        Assert.Contains(" 4 (BODY.PEEK[])", Assert.Single(Downloads()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Message-ID: <{0}@example.org>\r\n")]
    public void Files_of_one_name_are_found_in_whatever_order_their_messages_come(string id)
    {
        for (int i = 0; i < 12; i++)
        {
            string fields = string.Format(CultureInfo.InvariantCulture, id, i);
            string body = new('x', i * 7 % 12);
            User.Deliver("INBOX", Text($"Subject: same\r\n{fields}\r\n{body}\r\n"), new MessageState(_received));
        }

        Connect();
        foreach (string order in new[] { "-SortBy Size", "", "-SortBy Size -Descending", "", "-SortBy Size" })
        {
            Succeed($"Get-ImapMessage {order} | Save-ImapMessage $to -NameTemplate '{{Subject}}' -SkipExisting", ("to", Folder));
            Assert.Equal(12, Saved.Length);
        }
    }

    [Fact]
    public void A_file_of_another_s_stays_and_the_message_gets_a_number()
    {
        User.Deliver("INBOX", Message("report"), new MessageState(_received));
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "report.eml"), "mine");
        File.SetLastWriteTimeUtc(Path.Combine(Folder, "report.eml"), _received.UtcDateTime);
        Connect();
        Succeed("Get-ImapMessage | Save-ImapMessage $to -NameTemplate '{Subject}' -SkipExisting", ("to", Folder));
        Assert.Equal(["report (2).eml", "report.eml"], Saved);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(Folder, "report.eml")));
    }

    [Theory]
    [InlineData("Message-ID: <{0}@example.org>\r\n", "$to -NameTemplate '{Subject}'")]
    [InlineData("", "$to -NameTemplate '{Subject}'")]
    [InlineData("Message-ID: <{0}@example.org>\r\n", "$to/same.eml")]
    [InlineData("", "$to/same.eml")]
    public void Another_message_of_that_second_and_size_is_not_left_out(string id, string path)
    {
        foreach (string body in new[] { "one", "two", "two" })
        {
            string fields = string.Format(CultureInfo.InvariantCulture, id, body);
            User.Deliver("INBOX", $"From: a@example.org\r\nSubject: same\r\n{fields}\r\n{body}\r\n", new MessageState(_received));
        }

        Connect();
        string save = $"Get-ImapMessage -Uid $uid | Save-ImapMessage {path} -SkipExisting -PassThru";
        Directory.CreateDirectory(Folder);
        Assert.Single(Succeed(save, ("to", Folder), ("uid", 1)));
        Assert.Empty(Succeed(save, ("to", Folder), ("uid", 1)));
        if (path.EndsWith(".eml", StringComparison.Ordinal))
        {
            AssertError(Run(save, ("to", Folder), ("uid", 2)), "FileExists");
            return;
        }

        Assert.Single(Succeed(save, ("to", Folder), ("uid", 2)));
        Assert.Empty(Succeed(save, ("to", Folder), ("uid", Enumerable.Range(1, 2).ToArray())));
        Assert.Equal(["same (2).eml", "same.eml"], Saved);

        // What is there twice is saved twice, and once.
        Assert.Single(Succeed(save, ("to", Folder), ("uid", Enumerable.Range(1, 3).ToArray())));
        Assert.Empty(Succeed(save, ("to", Folder), ("uid", Enumerable.Range(1, 3).ToArray())));
        Assert.Equal(["same (2).eml", "same (3).eml", "same.eml"], Saved);
    }

    [Fact]
    public void Attachments_are_left_out_as_well()
    {
        for (int i = 1; i <= 2; i++) User.Deliver("INBOX", WithAttachment("a.txt", i), new MessageState(_received));
        Connect();
        const string Save = "Get-ImapMessage | Save-ImapAttachment $to -SkipExisting -PassThru";
        Assert.Equal(2, Succeed(Save, ("to", Folder)).Count);
        Proxy.Clear();
        Assert.Empty(Succeed(Save, ("to", Folder)));
        Assert.DoesNotContain(Proxy.Commands, command => command.Line.Contains("BODY.PEEK[2", StringComparison.Ordinal));
        User.Deliver("INBOX", WithAttachment("a.txt", 3), new MessageState(_received.AddHours(1)));
        Assert.Single(Succeed(Save, ("to", Folder)));
        Assert.Equal(["a (2).txt", "a (3).txt", "a.txt"], Saved);
    }

    [Theory]
    [InlineData("-SkipExisting -Force")]
    [InlineData("-SkipExisting -NoClobber")]
    [InlineData("-SkipExisting -Format Mbox")]
    public void Contradictions(string parameters)
    {
        Connect();
        AssertError(Run($"Get-ImapMessage | Save-ImapMessage $to {parameters}", ("to", Path.Combine(Folder, "x"))), "ArgumentInvalid");
        Assert.Empty(Saved);
    }

    [Fact]
    public void A_path_that_ends_in_mbox_is_an_mbox()
    {
        for (int i = 1; i <= 2; i++) User.Deliver("INBOX", Message(Text($"{i}")), new MessageState(_received));
        Connect();
        string path = Path.Combine(Folder, "all.MBOX");
        Succeed("Get-ImapMessage | Save-ImapMessage $to", ("to", path));
        Assert.Equal(2, File.ReadAllLines(path).Count(line => line.StartsWith("From ", StringComparison.Ordinal)));
        AssertError(Run("Get-ImapMessage | Save-ImapMessage $to", ("to", path)), "FileExists");

        // A directory of that name is a directory.
        Directory.CreateDirectory(Path.Combine(Folder, "old.mbox"));
        Succeed("Get-ImapMessage | Save-ImapMessage $to -NameTemplate '{Uid}'", ("to", Path.Combine(Folder, "old.mbox")));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(Folder, "old.mbox"), "*.eml").Length);
    }

    [Theory]
    [InlineData("Save-ImapMessage $to -PassThru")]
    [InlineData("Save-ImapMessage \"$to/x.mbox\" -PassThru")]
    [InlineData("Save-ImapAttachment $to -PassThru")]
    public void PassThru_emits_what_Get_Item_emits(string save)
    {
        User.Deliver("INBOX", WithAttachment("a.txt", 1), new MessageState(_received));
        Connect();
        Assert.Equal(
            "same",
            Assert.Single(Succeed(
                $$"""
                $file = Get-ImapMessage | {{save}}
                $item = Get-Item -LiteralPath $file.FullName
                $names = $item.PSObject.Properties.Name
                $different = foreach ($name in $names) { if ("$($item.$name)" -ne "$($file.$name)") { $name } }
                if ($different -or -not $file.Length) { "$different" } else { 'same' }
                """,
                ("to", Folder))).BaseObject);
    }

    private static string WithAttachment(string name, int number) =>
        "From: a@example.org\r\nSubject: s\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\ntext\r\n"
        + $"--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment; filename={name}\r\n"
        + $"Content-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String([(byte)('a' + number), (byte)'b', (byte)'c'])}\r\n"
        + "--b--\r\n";

    private List<string> Downloads() =>
        [.. Proxy.Commands.Where(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal))
        .Select(command => command.Line)];
}
