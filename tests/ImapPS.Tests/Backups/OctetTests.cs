using System.Text;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>Whatever octets a server keeps as a message come back as they were.</summary>
public sealed class OctetTests(MailServer mail) : BackupTest(mail)
{
    private const int Huge = 10 * 1024 * 1024;

    private static readonly Dictionary<string, string> _more = new(StringComparer.Ordinal)
    {
        ["no line end at all"] = "no header and no line end",
        ["a field without a line end"] = "Subject: x",
        ["CR alone"] = "a\rb\rc",
        ["8 bit without a line end"] = "caf\u00e9 \u0080\u00ff",
        ["one octet"] = "x",
        ["LF alone and no header"] = "a\nb\nc\n",
        ["an empty line of LF"] = "\n",
    };

    [Theory]
    [InlineData("Eml")]
    [InlineData("Maildir")]
    public async Task All_that_is_odd_is_restored_as_it_was(string format)
    {
        string[] texts = [.. AwkwardMessages.ByName.Values, .. _more.Values];
        User.CreateFolder("Box");
        foreach (string text in texts) User.Deliver("Box", Encoding.Latin1.GetBytes(text), State);
        await AssertComesBackAsync(texts.Length, format);
    }

    [Theory]
    [InlineData("", "Eml")]
    [InlineData("\r\n\r\nand more\r\n", "Eml")]
    [InlineData("\r\n\r\nand more\r\n", "Maildir")]
    [InlineData("\r\n\r\nand more\n", "Maildir")]
    public async Task A_line_of_ten_megabytes_is_restored_as_it_was(string end, string format)
    {
        User.CreateFolder("Box");
        User.Deliver("Box", Encoding.Latin1.GetBytes(new string('x', Huge) + end), State);
        await AssertComesBackAsync(1, format);
    }

    /// <summary>Dovecot drops a CR that ends a message; it was sent.</summary>
    [Theory]
    [InlineData("Subject: x\r\n\r\nbody\r")]
    [InlineData("\r")]
    [InlineData("a\rb\r")]
    public void What_the_server_changes_was_sent_as_it_was(string text)
    {
        User.CreateFolder("Box");
        User.Deliver("Box", text, State);
        Connect();
        Assert.Equal(1, BackUp("Box")["Box"].New);
        Succeed("Remove-ImapFolder Box -Force -Confirm:$false");
        Proxy.Clear();
        Assert.Equal(1, Restore("Box")["Box"].Restored);
        string append = Proxy.Commands.Single(command => command.Verb == "APPEND").Line;
        Assert.EndsWith(Text($"{{{text.Length}+}}\r\n{text}"), append, StringComparison.Ordinal);
    }

    /// <summary>IMAP has no way to append such a message (RFC 3502, 6.3.11).</summary>
    [Fact]
    public void A_message_without_any_octet_is_told()
    {
        User.CreateFolder("Box");
        User.Deliver("Box", [], State);
        User.Deliver("Box", "Subject: one\r\n\r\n1\r\n", State);
        Connect();
        Assert.Equal(2, BackUp("Box")["Box"].New);
        Succeed("Remove-ImapFolder Box -Force -Confirm:$false");
        EngineResult result = Run("Restore-ImapFolder Box -Path $root", ("root", Root));
        AssertError(result, "MessageInvalid");
        Assert.Equal((1, 1), result.Output.Select(one => (ImapFolderRestore)one.BaseObject)
            .Select(one => (one.Restored, one.Failed)).Single());
    }

    /// <summary>The connection breaks where nobody sees how much of the message had gone: it is looked for.</summary>
    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("in its answer")]
    public async Task What_has_no_line_is_there_once_after_a_cut(string moment)
    {
        User.CreateFolder("Box");
        User.Deliver("Box", Encoding.Latin1.GetBytes("no line end"), State);
        Connect();
        BackUp("Box");
        Succeed("Remove-ImapFolder Box -Force -Confirm:$false");
        Proxy.CutAt("APPEND", 0, Cuts.ByMoment[moment]);
        Assert.Equal(1, Restore("Box")["Box"].Restored);
        Assert.Equal(1, await CountAsync("Box"));
    }

    private static MessageState State => new(DateTimeOffset.UnixEpoch.AddYears(50), SystemFlags.Seen);

    private async Task AssertComesBackAsync(int count, string format)
    {
        IReadOnlyList<string> before = await TextsAsync();
        Connect();
        Assert.Equal((count, 0), (BackUp($"Box -Format {format}")["Box"].New, BackUp("Box")["Box"].New));
        IReadOnlyList<string> held = Held();
        Succeed("Remove-ImapFolder Box -Force -Confirm:$false");
        ImapFolderRestore done = Restore("Box")["Box"];
        Assert.Equal((count, 0), (done.Restored, done.Failed));
        Assert.Equal(before, await TextsAsync());
        Assert.Equal(0, Restore("Box")["Box"].Restored);
        BackUp("Box -Mirror");
        Assert.Equal(held, Held());
        Assert.Empty(Problems());
    }

    private async Task<IReadOnlyList<string>> TextsAsync() =>
        [.. (await StoredAsync("Box")).Select(Encoding.Latin1.GetString).Order(StringComparer.Ordinal)];
}
