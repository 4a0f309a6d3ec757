using System.Text.RegularExpressions;

namespace ImapPS.Tests.Scripted;

/// <summary>Servers that say the same in other words: what is allowed, and what many do all the same. All works as ever.</summary>
public sealed class UnusualAnswersTests : ScriptedTest
{
    private static readonly string[] _words =
        ["FETCH", "SEARCH", "LIST", "OK", "EXISTS", "RECENT", "FLAGS", "UID", "STATUS", "EXPUNGE", "CAPABILITY",
            "NAMESPACE", "BODYSTRUCTURE",
            "MESSAGES", "UIDNEXT", "UIDVALIDITY", "UNSEEN", "COPYUID", "APPENDUID", "PERMANENTFLAGS", "INTERNALDATE", "RFC822.SIZE"];

    private static readonly Dictionary<string, Func<string, string>> _ways = new(StringComparer.Ordinal)
    {
        ["small letters"] = text =>
            Regex.Replace(text, $@"(?<![\w.])(?:{string.Join('|', _words)})(?![\w.])", word => word.Value.ToLowerInvariant()),
        ["capital letters"] = text => text.Replace("HasNoChildren", "HASNOCHILDREN", StringComparison.Ordinal),
        ["no text after OK"] = text => Replaced(text, "^([A-Z][0-9]{8} OK(?: \\[[^]]*\\])?) [^\r]*", "$1"),
        ["a space after OK"] = text => Replaced(text, "^([A-Z][0-9]{8} OK(?: \\[[^]]*\\])?) [^\r]*", "$1 "),
        ["text in UTF-8"] = text =>
            Replaced(text, "^([A-Z][0-9]{8} OK(?: \\[[^]]*\\])?) [^\r]*", "$1 erledigt f\u00c3\u00bcr heute"),
        ["remarks"] = text => BeforeEnd(text, "* OK Still here\r\n"),
        ["alerts"] = text => BeforeEnd(text, "* OK [ALERT] The system goes down at noon\r\n"),
        ["codes that nobody knows"] = text => BeforeEnd(text, "* OK [X-LOAD 5 (a \"b\")] busy\r\n"),
        ["flags that nobody asked for"] = text => BeforeEnd(text, "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"),
        ["a result in two lines"] = text =>
            Replaced(text, "^\\* SEARCH 1 2 3\r\n", "* SEARCH 1\r\n* SEARCH 2 3\r\n"),
        ["a result from behind"] = text => text.Replace("* SEARCH 1 2 3\r\n", "* SEARCH 3 2 1\r\n", StringComparison.Ordinal),
        ["a result twice"] = text => text.Replace("* SEARCH 1 2 3\r\n", "* SEARCH 1 2 3 3 2 1\r\n", StringComparison.Ordinal),
        ["a result with a space behind"] = text => Replaced(text, "^(\\* SEARCH[ 0-9]*)\r\n", "$1 \r\n"),
        ["a result with a mark"] = text =>
            text.Replace("* SEARCH 1 2 3\r\n", "* SEARCH 1 2 3 (MODSEQ 917162500)\r\n", StringComparison.Ordinal),
        ["a result of what is gone"] = text => text.Replace("* SEARCH 1 2 3\r\n", "* SEARCH 1 2 3 77\r\n", StringComparison.Ordinal),
        ["no result line"] = text => text.Replace("* SEARCH\r\n", "", StringComparison.Ordinal),
        ["a mailbox as a literal"] = text => Regex.Replace(text, "^(?<before>\\* (?:LIST|STATUS) .*?)\"?(?<name>Done|INBOX)\"?(?=[ \r])",
            name => $"{name.Groups["before"].Value}{{{name.Groups["name"].Length}}}\r\n{name.Groups["name"].Value}",
            RegexOptions.Multiline | RegexOptions.ExplicitCapture),
        ["a mailbox without quotes"] = text =>
            Replaced(text, "^(\\* (?:LIST|STATUS) .*?)\"?(Done|INBOX)\"?(?=[ \r])", "$1$2"),
        ["an inbox in small letters"] = text =>
            Replaced(text, "^(\\* (?:LIST|STATUS) .*?)\"?INBOX\"?(?=[ \r])", "$1Inbox"),
        ["two answers for a message"] = text => Replaced(text, "^\\* ([0-9]+) FETCH \\(UID ([0-9]+) FLAGS (\\([^)]*\\)) ",
            "* $1 FETCH (UID $2 FLAGS $3)\r\n* $1 FETCH (UID $2 "),
        ["flags at the end"] = text =>
            Replaced(text, "^\\* ([0-9]+) FETCH \\(UID ([0-9]+) FLAGS (\\([^)]*\\)) ((?:.|\n)*?)\\)\r\n(?=\\*|[A-Z])",
            "* $1 FETCH (UID $2 $4 FLAGS $3)\r\n"),
        ["flags twice"] = text => Replaced(text, "FLAGS \\(([^)\\\\]*)\\)(?! ok)", "FLAGS ($1 $$NotJunk $$NotJunk)"),
        ["recent"] = text => Replaced(text, "(FETCH \\(UID [0-9]+ FLAGS \\()", "$1\\Recent "),
        ["a greeting without capabilities"] = text => Replaced(text, "^\\* OK \\[CAPABILITY [^]]*\\] ready", "* OK ready"),
        ["no capabilities after the login"] = text =>
            Replaced(text, "^([A-Z][0-9]{8} OK) \\[CAPABILITY [^]]*\\]", "$1"),
        ["no UIDNEXT"] = text => Replaced(text, "^\\* OK \\[UIDNEXT [0-9]+\\] ok\r\n", ""),
        ["no PERMANENTFLAGS"] = text => Replaced(text, "^\\* OK \\[PERMANENTFLAGS [^]]*\\] ok\r\n", ""),
        ["no RECENT"] = text => Replaced(text, "^\\* 0 RECENT\r\n", ""),
        ["no COPYUID"] = text => Replaced(text, "\\[(?:COPYUID|APPENDUID)[^]]*\\] ", ""),
    };

    public static TheoryData<string> Ways => [.. _ways.Keys];

    [Theory]
    [MemberData(nameof(Ways))]
    public void All_is_as_ever(string way)
    {
        Func<string, string> change = _ways[way];
        int changed = 0;
        Server.Rewrite = said =>
        {
            string says = change(said);
            if (says != said) changed++;
            return says;
        };
        for (int i = 1; i <= 3; i++) Server.Mailbox.Deliver("INBOX", $"From: a@example.org\nSubject: message {i}\n\nText {i}\n");
        Server.Mailbox.CreateFolder("Done");
        Connect();

        Assert.Equal(["DONE", "INBOX"], Texts("(Get-ImapFolder).Path.ToUpperInvariant() | Sort-Object"));
        Assert.Equal(["3"], Texts("(Get-ImapFolder INBOX).MessageCount"));
        Assert.Equal(["3", "2", "1"], Texts("(Get-ImapMessage).Uid | Sort-Object -Descending"));
        Assert.Equal(["message 1", "message 2", "message 3"], Texts("(Get-ImapMessage).Subject | Sort-Object"));
        Assert.Empty(Texts("Get-ImapMessage -Subject nothing"));
        Assert.Equal(["Text 2"], Texts("(Get-ImapMessage -Subject 'message 2' | Get-ImapMessageContent).Text"));
        Assert.Empty(Texts("Get-ImapMessage -Subject 'message 2' | Set-ImapMessage -Flagged"));
        Assert.Equal(["2"], Texts("(Get-ImapMessage -Flagged).Uid"));
        Assert.Empty(Texts("Get-ImapMessage -Subject 'message 2' | Copy-ImapMessage Done"));
        Assert.Empty(Texts("Get-ImapMessage -Subject 'message 3' | Move-ImapMessage Done"));
        Assert.Equal(["message 2", "message 3"], Texts("(Get-ImapMessage Done).Subject | Sort-Object"));
        Assert.Equal(["Done/1", "Done/2"], Texts("Get-ImapMessage Done | ForEach-Object { \"$($_.Folder)/$($_.Uid)\" } | Sort-Object"));
        Assert.True(changed > 0, "The answers were as ever.");
    }

    private string[] Texts(string script) => [.. Succeed(script).Select(value => value.ToString())];

    private static string BeforeEnd(string text, string line) =>
        Replaced(text, "^([A-Z][0-9]{8} OK)", line + "$1");

    private static string Replaced(string text, string pattern, string replacement) =>
        Regex.Replace(text, pattern, replacement, RegexOptions.Multiline);
}
