using System.Management.Automation;
using ImapPS.Sandbox;
using ImapPS.Tests.Binding;
using ImapPS.Tests.Folders;

namespace ImapPS.Tests.Administration;

public sealed class MetadataTests(MailServer mail) : FolderChangeTest(mail)
{
    private const string Row = " | ForEach-Object { \"$($_.Folder)|$($_.Entry)|$($_.Value)|$($_.Size)|$($_.IsPrivate)\" }";

    [Fact]
    public void Entries_of_folders_and_of_the_server()
    {
        User.CreateFolder("a");
        Connect();
        Assert.Empty(Succeed("Set-ImapMetadata a -Entry /private/comment -Value 'Grüße'"));
        Assert.Equal(["a|/shared/comment|one\ntwo|7|False"], Rows("Set-ImapMetadata a /shared/comment \"one`ntwo\" -PassThru"));
        Succeed("Set-ImapMetadata -Entry /private/comment -Value server");
        Assert.Equal(["a|/private/comment|Grüße|7|True", "a|/shared/comment|one\ntwo|7|False"],
            Rows("Get-ImapFolder a | Get-ImapMetadata").Order(StringComparer.Ordinal));
        Assert.Equal(["|/private/comment|server|6|True"], Rows("Get-ImapMetadata -Entry /private/comment, /shared/comment"));
        Assert.Equal(["|/private/comment|server|6|True"], Rows("Get-ImapSession | Where-Object IsDefault | Get-ImapMetadata"));
        Succeed("Set-ImapMetadata a /private/comment $null");
        Assert.Equal(["a|/shared/comment|one\ntwo|7|False"], Rows("Get-ImapMetadata a"));
        Assert.Empty(Rows("Get-ImapMetadata a /private/comment"));
        Assert.Equal(0, Proxy.Connections);
    }

    [Fact]
    public void How_deep()
    {
        Connect();
        foreach (string entry in new[] { "one", "one/two", "one/two/three" })
        {
            Succeed($"Set-ImapMetadata INBOX /private/{entry} {entry}");
        }

        Assert.Single(Rows("Get-ImapMetadata INBOX /private/one"));
        Assert.Equal(2, Rows("Get-ImapMetadata INBOX /private/one -Depth One").Length);
        Assert.Equal(3, Rows("Get-ImapMetadata INBOX /private/one -Depth Infinity").Length);
        Assert.Equal(3, Rows("Get-ImapMetadata INBOX").Length);
    }

    [Fact]
    public void Bytes_and_what_MailKit_would_end_the_connection_at()
    {
        Connect();
        byte[] bytes = [.. Enumerable.Range(1, 255).Select(i => (byte)i)];
        PSObject stored = Assert.Single(Succeed("Set-ImapMetadata INBOX /private/bytes $bytes -PassThru", ("bytes", bytes)));
        Assert.False(Property<bool>(stored, "IsText"));
        Assert.Equal(bytes, Succeed("(Get-ImapMetadata INBOX /private/bytes).GetBytes()").Select(octet => (byte)octet.BaseObject));

        string text = string.Concat(Enumerable.Repeat("0123456789\r\n", 5000));
        Assert.Equal(text, Property<string>(Assert.Single(
            Succeed("Set-ImapMetadata INBOX /private/long $text -PassThru", ("text", text))), "Value"));
        EngineResult result = Run("Get-ImapMetadata INBOX -MaxSize 1000" + Row);
        ErrorRecord error = AssertError(result, "LimitExceeded");
        Assert.Contains("60000", error.ToString(), StringComparison.Ordinal);
        Assert.Single(result.Output);
        Assert.Equal(2, Rows("Get-ImapMetadata INBOX -MaxSize 60000").Length);
        Assert.Equal(0, Proxy.Connections);
    }

    [Fact]
    public void However_the_server_writes_it()
    {
        Connect();
        Proxy.On("GETMETADATA", ProxyAction.Reply(
            "* METADATA INBOX (/private/a ~{2}\r\n(\" /private/b NIL /private/c \"q\\\"\" /private/d nil)\r\n"
            + "* METADATA \"INBOX\" (/shared/e {0}\r\n)\r\n"
            + "* 5 EXISTS\r\n* METADATA INBOX /private/changed\r\n{tag} OK done"));
        Assert.Equal(["INBOX|/private/a|(\"|2|True", "INBOX|/private/c|q\"|2|True", "INBOX|/shared/e||0|False"],
            Rows("Get-ImapMetadata INBOX"));
        Succeed("Get-ImapMessage INBOX");
        Assert.Equal(0, Proxy.Connections);
    }

    [Theory]
    [InlineData("NO [METADATA MAXSIZE 100] too long", "QuotaExceeded", "100 octets")]
    [InlineData("NO [METADATA TOOMANY] too many", "QuotaExceeded", "Remove other")]
    [InlineData("NO [METADATA NOPRIVATE] none", "NotSupportedByServer", "/shared")]
    [InlineData("NO [NOPERM] no", "PermissionDenied", "right")]
    public void Refusals(string answer, string id, string action)
    {
        Connect();
        Proxy.On("SETMETADATA", ProxyAction.Reply("{tag} " + answer));
        ErrorRecord error = AssertError(Run("Set-ImapMetadata INBOX /private/comment x"), id);
        Assert.Contains(action, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_of_the_draft_is_told_apart()
    {
        Proxy.HideCapability("METADATA");
        Connect();
        Assert.DoesNotContain("ANNOTATEMORE", AssertError(Run("Get-ImapFolder | Get-ImapMetadata"), "NotSupportedByServer").ToString(),
            StringComparison.Ordinal);
        Proxy.ShowCapability("ANNOTATEMORE");
        ErrorRecord error = AssertError(Run("Set-ImapMetadata INBOX /private/comment x"), "NotSupportedByServer");
        Assert.Contains("ANNOTATEMORE", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-ImapMetadata INBOX comment", "ArgumentInvalid")]
    [InlineData("Get-ImapMetadata INBOX /private/a*", "ArgumentInvalid")]
    [InlineData("Set-ImapMetadata INBOX /private x", "ArgumentInvalid")]
    [InlineData("Set-ImapMetadata INBOX /private/a//b x", "ArgumentInvalid")]
    [InlineData("Set-ImapMetadata INBOX /private/ä x", "ArgumentInvalid")]
    [InlineData("Set-ImapMetadata nope /private/comment x", "FolderNotFound")]
    public void What_cannot_be(string script, string id)
    {
        Connect();
        AssertError(Run(script), id);
        Assert.DoesNotContain(Proxy.Commands, command => command.Verb.EndsWith("METADATA", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-ImapMetadata INBOX /private/comm", "/private/comment")]
    [InlineData("Set-ImapMetadata INBOX -Entry /shared/mi", "/shared/mine")]
    public void Entries_complete_with_Tab(string line, string expected)
    {
        Connect();
        Succeed("Set-ImapMetadata INBOX /shared/mine x -PassThru");
        Assert.Contains(expected, Succeed("[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, "
            + "$null).CompletionMatches.CompletionText", ("line", line)).Select(match => match.ToString().Trim('\'')));
    }

    [Theory]
    [InlineData("'one', 'two'", "one\r\ntwo")]
    [InlineData("(Get-Content $file)", "one\r\ntwo")]
    [InlineData("(Get-Content $file -Raw)", "one\ntwo\n")]
    [InlineData("1.5", "1.5")]
    [InlineData("([datetime]'2026-03-02')", "2026-03-02T00:00:00.0000000")]
    [InlineData("$true", "True")]
    [InlineData("''", "")]
    [InlineData("([char]'x'), 2", "x\r\n2")]
    [InlineData("@{ a = 1 }", null)]
    [InlineData("(Get-Item $file)", null)]
    [InlineData("(Get-ImapSession)", null)]
    [InlineData("@()", null)]
    [InlineData("'a', $null", null)]
    [InlineData("{ x }", null)]
    public void A_value_is_text_or_is_refused(string value, string? stored)
    {
        Connect();
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "one\ntwo\n");
        EngineResult result = Run($"(Set-ImapMetadata INBOX /private/comment {value} -PassThru).Value", ("file", file));
        File.Delete(file);
        if (stored is null) AssertError(result, "ArgumentInvalid");
        else Assert.Equal(stored, $"{Assert.Single(result.Output)}");
        if (stored is null) Assert.DoesNotContain(Proxy.Commands, command => command.Verb == "SETMETADATA");
    }

    public static TheoryData<string> Kinds => [.. Forms.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_emitted_copies_entries_however_it_comes(string form)
    {
        User.CreateFolder("from");
        User.CreateFolder("to");
        Connect();
        Succeed("Set-ImapMetadata from /private/comment hello; Set-ImapMetadata from /shared/bytes ([byte[]](1, 200, 13)); "
            + "Set-ImapMetadata -Entry /private/comment -Value server");
        object[] items = [.. Succeed("Get-ImapMetadata from; Get-ImapMetadata -Entry /private/comment")
            .Select(item => Forms.All[form](item))];
        string[] sources = Rows("Get-ImapMetadata from");
        Succeed("$items | Where-Object Folder | Set-ImapMetadata to", ("items", items));
        Assert.Equal(sources.Select(row => row.Replace("from|", "to|", StringComparison.Ordinal)), Rows("Get-ImapMetadata to"));
        Succeed("'/private/comment', '/shared/bytes' | ForEach-Object { Set-ImapMetadata from -Entry $_ -Value x }; "
            + "Set-ImapMetadata -Entry /private/comment -Value x; $items | Set-ImapMetadata", ("items", items));
        Assert.Equal(sources, Rows("Get-ImapMetadata from"));
        Assert.Equal(["|/private/comment|server|6|True"], Rows("Get-ImapMetadata -Entry /private/comment"));
    }

    [Fact]
    public void An_entry_in_the_place_of_a_folder_is_told()
    {
        Connect();
        Assert.Contains("INBOX", AssertError(Run("Set-ImapMetadata /private/comment hello"), "ArgumentInvalid")
            .ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Contains("-Entry", AssertError(Run("Get-ImapMetadata /private/comment"), "FolderNotFound")
            .ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    public static TheoryData<string> Cuts() => [.. new[] { "before", "after", "within" }];

    [Theory]
    [MemberData(nameof(Cuts))]
    public void Cut_once(string when)
    {
        Connect();
        Proxy.On("SETMETADATA", Cut(when));
        Proxy.On("GETMETADATA", Cut(when));
        Assert.Equal(["INBOX|/private/comment|x|1|True"], Rows("Set-ImapMetadata INBOX /private/comment x -PassThru"));
    }

    private string[] Rows(string script) => [.. Succeed(script + Row).Select(row => row.ToString())];
}
