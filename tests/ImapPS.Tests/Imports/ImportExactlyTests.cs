using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Imports;

/// <summary>What is imported is what the server gets, whatever it is.</summary>
public sealed class ImportExactlyTests(MailServer mail) : ImportTest(mail)
{
    private static readonly Dictionary<string, string> _corpus = new()
    {
        ["plain"] = "From: a@example.org\r\nSubject: plain\r\nMessage-ID: <1@x>\r\n\r\nHello.\r\n",
        ["headerless"] = "\r\nNo header at all.\r\n",
        ["an empty line"] = "\r\n",
        ["only headers"] = "From: a@example.org\r\nSubject: only headers\r\n",
        ["only headers and an empty line"] = "From: a@example.org\r\nSubject: only headers\r\n\r\n",
        ["headers without a last line end"] = "From: a@example.org\r\nSubject: cut",
        ["one line"] = "Subject: one line\r\n",
        ["no last line end"] = "Subject: x\r\n\r\nno end",
        ["many last line ends"] = "Subject: x\r\n\r\nend\r\n\r\n\r\n\r\n",
        ["LF alone"] = "From: a@example.org\nSubject: unix\n\nline\nline\n",
        ["mixed line ends"] = "From: a@example.org\r\nSubject: mixed\n\r\nline\nline\r\nlast",
        ["CR in a line"] = "Subject: a\rb\r\n\r\nc\rd\r\n",
        ["8 bit header"] = "Subject: caf\u00e9\r\nX-\u00ff: \u0080\r\n\r\n\u00ff\u0001\u007f\r\n",
        ["UTF-8"] = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("Subject: 🍲 Süß\r\n\r\nemoji 🎉\r\n")),
        ["a BOM"] = "\u00ef\u00bb\u00bfSubject: bom\r\n\r\nx\r\n",
        ["folded"] = "Subject: a\r\n b\r\n\t c\r\nMessage-ID:\r\n <folded@x>\r\nX-Empty:\r\n \r\n\r\nx\r\n",
        ["begins with a fold"] = " folded what?\r\nSubject: x\r\n\r\nx\r\n",
        ["invalid header lines"] = "no colon here\r\nSubject: x\r\n: no name\r\nSpace : x\r\n=?utf-8?q?x?=\r\n\r\nx\r\n",
        ["begins with From"] = "From someone Mon Mar  2 10:00:00 2026\r\nSubject: x\r\n\r\nFrom here on\r\n>From there\r\n\r\nFrom me Mon Mar  2 10:00:00 2026\r\n",
        ["spaces"] = "Subject:  two  spaces \r\nTo:a@example.org\r\n\r\ntrailing \r\n\t\r\n \r\n",
        ["dots"] = "Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n",
        ["a long line"] = "Subject: long\r\n\r\n" + new string('x', 100_000) + "\r\n",
        ["a long header"] = "Subject: " + new string('y', 100_000) + "\r\nX: " + new string('z', 20_000) + "\r\n\r\nx\r\n",
        ["many headers"] = string.Concat(Enumerable.Range(0, 3_000).Select(i => $"X-{i}: {i}\r\n")) + "\r\nx\r\n",
        ["an unclosed multipart"] = "Content-Type: multipart/mixed; boundary=b\r\n\r\npreamble\r\n--b \r\nContent-Type: text/plain\r\n\r\none\r\n--b\t\r\n\r\ntwo",
        ["a closed multipart"] = "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\n\r\none\r\n--b--\r\nepilogue",
        ["no boundary"] = "Content-Type: multipart/mixed\r\n\r\n--b\r\n\r\none\r\n",
        ["a message in a message"] = "Content-Type: message/rfc822\r\n\r\nSubject: inner\n\r\n\r\nFrom x\r\n",
        ["base64 that is none"] = "Content-Transfer-Encoding: base64\r\n\r\n!!!!\r\n=\r\n",
        ["two of each"] = "Subject: a\r\nSubject: b\r\nMessage-ID: <a@x>\r\nMessage-ID: <b@x>\r\nDate: never\r\n\r\nx\r\n",
    };

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
        string[] names = [.. _corpus.Keys.Order(StringComparer.Ordinal)];
        for (int i = 0; i < names.Length; i++) Write(Text($"{i:D3}.eml"), _corpus[names[i]]);
        User.CreateFolder("Archive");
        User.CreateFolder("Control");
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Connect();
        IReadOnlyList<PSObject> imported = Succeed("Import-ImapMessage Archive $files/*.eml -PassThru", ("files", Files));
        Assert.Equal(names.Length, imported.Count);
        Assert.Equal(how == "one at a time" ? names.Length : 1, Proxy.Count("APPEND"));

        // What the server makes of the very same octets when anybody sends them.
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        foreach (string name in names) await client.AppendAsync("Control", WithReturns(Octets(_corpus[name])), cancellationToken: Cancellation);
        IReadOnlyList<byte[]> control = await StoredAsync("Control");
        IReadOnlyList<byte[]> stored = await StoredAsync("Archive");
        Assert.Equal(names.Length, stored.Count);
        for (int i = 0; i < names.Length; i++)
        {
            Assert.True(stored[i].SequenceEqual(WithReturns(Octets(_corpus[names[i]]))), names[i]);
            Assert.True(stored[i].SequenceEqual(control[i]), names[i]);
        }
    }

    [Theory]
    [InlineData("Eml")]
    [InlineData("Maildir")]
    [InlineData("Mbox")]
    public async Task Import_and_save_and_import_again_changes_nothing(string format)
    {
        // An mbox has an end to every line, and no message of nothing but an empty line.
        string[] names = [.. _corpus.Keys.Where(name => format != "Mbox" || _corpus[name].EndsWith('\n')).Order(StringComparer.Ordinal)];
        for (int i = 0; i < names.Length; i++) Write(Text($"{i:D3}.eml"), _corpus[names[i]]);
        User.CreateFolder("First");
        User.CreateFolder("Second");
        Connect();
        Succeed("Import-ImapMessage First $files/*.eml", ("files", Files));
        string saved = Path.Combine(Files, format == "Mbox" ? "saved.mbox" : "saved");
        Succeed("Get-ImapMessage First | Save-ImapMessage $saved -Format $format -NameTemplate '{Uid:D5}'".Replace(format == "Eml" ? "\0" : " -NameTemplate '{Uid:D5}'", "", StringComparison.Ordinal), ("saved", saved), ("format", format));
        Succeed(format == "Eml" ? "Import-ImapMessage Second $saved/*.eml" : "Import-ImapMessage Second $saved", ("saved", saved));
        IReadOnlyList<byte[]> first = await StoredAsync("First");
        Assert.Equal(names.Length, first.Count);
        Assert.Equal(Sorted(first), Sorted(await StoredAsync("Second")));
        if (format != "Mbox") Assert.Equal(Sorted(_corpus.Values.Select(Octets).Select(WithReturns)), Sorted(first));
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
        Assert.Equal(4, result.AllErrors.Count());
        Assert.All(result.AllErrors, error => Assert.Equal("MessageInvalid,ImapPS.Commands.ImportImapMessageCommand", error.FullyQualifiedErrorId));
        Assert.Equal(["2.eml", "3.eml", "4.eml", "5.eml"], result.AllErrors.Select(error => Path.GetFileName(error.TargetObject.ToString())));
        Assert.Equal(2, await CountAsync("INBOX"));
        Assert.Equal(1, Proxy.Count("APPEND"));
    }

    private static IEnumerable<string> Sorted(IEnumerable<byte[]> messages) => messages.Select(Encoding.Latin1.GetString).Order(StringComparer.Ordinal);
}
