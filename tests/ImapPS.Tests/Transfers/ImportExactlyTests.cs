using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Transfers;

/// <summary>What is imported is what the server gets, whatever it is.</summary>
public sealed class ImportExactlyTests(MailServer mail) : ImportTest(mail)
{
    public static TheoryData<string, string> Servers() => new()
    {
        { "", "many at a time" },
        { "MULTIAPPEND", "one at a time" },
        { "LITERAL+ LITERAL-", "waiting for each literal" },
    };

    [Theory]
    [MemberData(nameof(Servers))]
    public async Task The_corpus_arrives_octet_for_octet(string hidden, string how)
    {
        string[] names = [.. AwkwardMessages.ByName.Keys.Order(StringComparer.Ordinal)];
        for (int i = 0; i < names.Length; i++) Write(Text($"{i:D3}.eml"), AwkwardMessages.ByName[names[i]]);
        User.CreateFolder("Archive");
        User.CreateFolder("Control");
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Connect();
        IReadOnlyList<PSObject> imported = Succeed("Import-ImapMessage Archive $files/*.eml -PassThru", ("files", Files));
        Assert.Equal(names.Length, imported.Count);
        Assert.Equal(how == "one at a time" ? names.Length : 1, Proxy.Count("APPEND"));

        // What the server makes of the very same octets when anybody sends them.
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        foreach (string name in names)
        {
            await client.AppendAsync("Control", WithReturns(Octets(AwkwardMessages.ByName[name])), cancellationToken: Cancellation);
        }

        IReadOnlyList<byte[]> control = await StoredAsync("Control");
        IReadOnlyList<byte[]> stored = await StoredAsync("Archive");
        Assert.Equal(names.Length, stored.Count);
        for (int i = 0; i < names.Length; i++)
        {
            Assert.True(stored[i].SequenceEqual(WithReturns(Octets(AwkwardMessages.ByName[names[i]]))), names[i]);
            Assert.True(stored[i].SequenceEqual(control[i]), names[i]);
        }
    }

    /// <summary>Dovecot refuses a line of so many keywords before it reads the message.</summary>
    [Fact]
    public void A_mail_is_never_a_command()
    {
        User.CreateFolder("Victim");
        string file = Write("a.eml", "Subject: x\r\n\r\nA1 DELETE Victim\r\n");
        Connect();
        Run("Import-ImapMessage INBOX $file -Keyword (1..300 | ForEach-Object { 'k' * 390 + $_ })", ("file", file));
        Assert.Equal(["Victim"], Succeed("Get-ImapFolder Victim | ForEach-Object Path").Select(path => $"{path}"));
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Maildir")]
    [InlineData("Mbox")]
    public async Task Import_and_save_and_import_again_changes_nothing(string format)
    {
        // An mbox has an end to every line, and no message of nothing but an empty line.
        string[] names = [.. AwkwardMessages.ByName.Keys.Where(name => format != "Mbox" || AwkwardMessages.ByName[name].EndsWith('\n'))
            .Order(StringComparer.Ordinal)];
        for (int i = 0; i < names.Length; i++) Write(Text($"{i:D3}.eml"), AwkwardMessages.ByName[names[i]]);
        User.CreateFolder("First");
        User.CreateFolder("Second");
        Connect();
        Succeed("Import-ImapMessage First $files/*.eml", ("files", Files));
        string saved = Path.Combine(Files, format == "Mbox" ? "saved.mbox" : "saved");
        string template = format == "Eml" ? "-NameTemplate '{Uid:D5}'" : "";
        Succeed($"Get-ImapMessage First | Save-ImapMessage $saved -Format $format {template}", (
            "saved", saved), ("format", format));
        Succeed(format == "Eml" ? "Import-ImapMessage Second $saved/*.eml" : "Import-ImapMessage Second $saved", ("saved", saved));
        IReadOnlyList<byte[]> first = await StoredAsync("First");
        Assert.Equal(names.Length, first.Count);
        Assert.Equal(Sorted(first), Sorted(await StoredAsync("Second")));
        if (format != "Mbox") Assert.Equal(Sorted(AwkwardMessages.ByName.Values.Select(Octets).Select(WithReturns)), Sorted(first));
    }

    [Fact]
    public async Task What_IMAP_cannot_carry_is_an_error_and_the_rest_arrives()
    {
        Write("1.eml", "Subject: fine\r\n\r\n1\r\n");
        Write("2.eml", "Subject: nul\r\n\r\na\0b\r\n");
        Write("3.eml", "");
        Write("4.eml", "no line end");
        Write("5.eml", Encoding.Unicode.GetBytes("Subject: UTF-16\r\n\r\nx\r\n"));
        Write("6.eml", "Subject: fine\r\n\r\n6\r\n");
        Connect();
        EngineResult result = Run("Import-ImapMessage INBOX $files/*.eml", ("files", Files));
        Assert.Equal(3, result.AllErrors.Count());
        Assert.All(result.AllErrors, error =>
            Assert.Equal("MessageInvalid,ImapPS.Commands.ImportImapMessageCommand", error.FullyQualifiedErrorId));
        Assert.Equal(["2.eml", "3.eml", "5.eml"],
            result.AllErrors.Select(error => Path.GetFileName(error.TargetObject.ToString())));
        Assert.Equal(["Subject: fine\r\n\r\n1\r\n", "Subject: fine\r\n\r\n6\r\n", "no line end"], Sorted(await StoredAsync("INBOX")));
        Assert.Equal(1, Proxy.Count("APPEND"));
    }

    private static IEnumerable<string> Sorted(IEnumerable<byte[]> messages) =>
        messages.Select(Encoding.Latin1.GetString).Order(StringComparer.Ordinal);
}
