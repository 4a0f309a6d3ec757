using System.Globalization;
using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>A message that cannot be read costs one error with its UID, and a few commands; all others are read.</summary>
public sealed class OneMessageTests : ScriptedTest
{
    private const string Patient = "-RetryCount 1";
    private static readonly int[] _twiceAndMore = [1, 2, 2, 3, 4, 5, 9];
    private readonly string _directory = Directory.CreateTempSubdirectory("ImapPS").FullName;

    /// <summary>Ways in which a message cannot be read, whatever is asked of it.</summary>
    public static TheoryData<string> Ways => ["NO", "BAD", "cut", "cut after others", "nonsense", "literal8", "size", "flags", "nothing"];

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return base.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_listing_has_all_others(string way)
    {
        Fill(60);
        Spoil(30, way);
        Connect(Patient);
        EngineResult result = Run("Get-ImapMessage");
        AssertOthers(result, 60, way is "nothing" ? null : 30);
    }

    [Theory]
    [InlineData("-Include Headers")]
    [InlineData("-Include Preview")]
    [InlineData("-Include Body")]
    [InlineData("-SortBy Subject")]
    [InlineData("-Uid (1..60)")]
    [InlineData("-Thread")]
    public void So_has_any_listing(string parameters)
    {
        Fill(60);
        Spoil(30, "NO");
        Connect(Patient);
        AssertOthers(Run($"Get-ImapMessage {parameters}"), 60, 30);
    }

    [Theory]
    [InlineData("NO")]
    [InlineData("cut")]
    public void So_have_the_duplicates(string way)
    {
        Fill(60);
        Server.Mailbox.Deliver("INBOX", Server.Mailbox["INBOX"].Messages[4].Octets);
        Spoil(30, way);
        Connect(Patient);
        EngineResult result = Run("Find-ImapDuplicate INBOX");
        Assert.Equal(61u, Assert.Single(result.Output).Properties["Uid"].Value);
        Assert.Equal(30u, Assert.Single(result.AllErrors).TargetObject);
    }

    [Theory]
    [InlineData("NO")]
    [InlineData("cut")]
    [InlineData("body NIL")]
    public void A_message_whose_text_is_refused_is_listed_and_not_made_up(string way)
    {
        Fill(60);
        SpoilText(30, way);
        Connect(Patient);
        Assert.Equal(60, Succeed("Get-ImapMessage").Count);
        EngineResult saved = Run("Get-ImapMessage | Save-ImapMessage $path -PassThru", ("path", _directory + "/"));
        Assert.Equal(59, saved.Output.Count);
        Assert.Equal(59, Directory.GetFiles(_directory).Length);
        AssertAbout(saved, 30);
        EngineResult read = Run("Get-ImapMessage | Get-ImapMessageContent");
        Assert.Equal(59, read.Output.Count);
        AssertAbout(read, 30);
        EngineResult bodies = Run("Get-ImapMessage -Include Body | Where-Object Body");
        Assert.Equal(59, bodies.Output.Count);
    }

    [Theory]
    [InlineData("Copy-ImapMessage")]
    [InlineData("Move-ImapMessage")]
    public async Task One_message_is_not_copied_to_another_session_and_all_others_are(string command)
    {
        await using var other = ScriptedServer.Start();
        other.Mailbox.CreateFolder("There");
        Fill(20);
        SpoilText(7, "NO");
        Spoil(9, "flags later");
        Connect(Patient + " -Name one");
        Run("Connect-Imap 127.0.0.1 -Port $other -Security None -AllowPlaintext -Credential $credential -Name two", ("other", other.Port));
        EngineResult result = Run($"Get-ImapMessage -Session one | {command} There -ToSession two -PassThru -Confirm:$false");
        Assert.Equal(18, other.Mailbox["There"].Messages.Count);
        Assert.Equal(["7", "9"], result.AllErrors.Select(error => ((dynamic)error.TargetObject).Uid.ToString(CultureInfo.InvariantCulture))
            .Cast<string>().Order());
    }

    [Theory]
    [InlineData("THREADID", "(NIL)")]
    [InlineData("EMAILID", "NIL")]
    [InlineData("MODSEQ", "5")]
    [InlineData("BODYSTRUCTURE", "(\"TEXT\" \"PLAIN\" NIL NIL")]
    [InlineData("BODYSTRUCTURE", "NIL")]
    [InlineData("INTERNALDATE", "\"30-Feb-2026 10:00:00 +0100\"")]
    [InlineData("INTERNALDATE", "NIL")]
    [InlineData("INTERNALDATE", "\"00-Jan-0000 00:00:00 +0000\"")]
    public void What_a_message_object_can_do_without_costs_no_error(string item, string value)
    {
        Server.Capabilities += " OBJECTID CONDSTORE";
        Fill(60);
        foreach (ScriptedMessage message in Server.Mailbox["INBOX"].Messages)
        {
            message.Items["EMAILID"] = "(M1)";
            message.Items["THREADID"] = "(T1)";
            message.Items["MODSEQ"] = "(5)";
        }

        Message(30).Items[item] = value;
        Connect(Patient);
        IReadOnlyList<PSObject> messages = Succeed("Get-ImapMessage");
        Assert.Equal(60, messages.Count);
        Assert.InRange(messages.Count(message => message.Properties["EmailId"].Value is "M1"), 59, 60);
        if (item == "INTERNALDATE") Assert.Null(messages[29].Properties["Received"].Value);
        Assert.NotNull(messages[30].Properties["Received"].Value);
    }

    [Fact]
    public void What_no_message_has_is_asked_for_no_more()
    {
        Server.Capabilities += " OBJECTID";
        Fill(60);
        foreach (ScriptedMessage message in Server.Mailbox["INBOX"].Messages)
        {
            message.Items["EMAILID"] = "(M1)";
            message.Items["THREADID"] = "(NIL)";
        }

        Connect(Patient);
        Assert.Equal(60, Succeed("Get-ImapMessage").Count);
        int commands = Server.Count("UID FETCH");
        Assert.InRange(commands, 0, 12);
        Assert.Equal(60, Succeed("Get-ImapMessage").Count);
        Assert.Equal(2, Server.Count("UID FETCH") - commands);
    }

    [Fact]
    public void Three_messages_unreadable_in_three_ways_cost_little()
    {
        Fill(200);
        Spoil(50, "NO");
        Spoil(120, "cut");
        Spoil(180, "nonsense");
        Connect(Patient);
        EngineResult listed = Run("$all = Get-ImapMessage; $all");
        Assert.Equal(197, listed.Output.Count);
        Assert.Equal(["120", "180", "50"], Targets(listed).Order());
        int most = 3 * ((2 * 8) + 4);
        int fetches = Server.Count("UID FETCH");
        Assert.InRange(fetches, 1, most);

        EngineResult saved = Run("1..200 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Save-ImapMessage $path "
            + "-PassThru", ("path", _directory + "/"));
        Assert.Equal(197, saved.Output.Count);
        Assert.Equal(3, saved.AllErrors.Count());
        EngineResult read = Run("1..200 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Get-ImapMessageContent");
        Assert.Equal(197, read.Output.Count);
        Assert.Equal(3, read.AllErrors.Count());
    }

    [Fact]
    public void A_folder_of_which_the_server_tells_nothing_is_one_error()
    {
        Fill(60);
        Server.On("UID FETCH", "NO [SERVERBUG] Server error while fetching messages");
        Connect(Patient);
        AssertError(Run("Get-ImapMessage"), "CommandRejected");
        Assert.InRange(Server.Count("UID FETCH"), 1, 60);
    }

    [Fact]
    public void Many_in_a_row_are_each_an_error()
    {
        Fill(60);
        for (int uid = 1; uid <= 12; uid++) Spoil(uid, "NO");
        Connect(Patient);
        EngineResult result = Run("Get-ImapMessage");
        Assert.Equal(48, result.Output.Count);
        Assert.Equal(12, result.AllErrors.Count());
    }

    [Fact]
    public void The_first_of_a_pipeline_does_not_end_it()
    {
        Fill(5);
        SpoilText(1, "cut");
        Connect(Patient);
        EngineResult result = Run("Get-ImapMessage | Get-ImapMessageContent");
        Assert.Equal(4, result.Output.Count);
        AssertAbout(result, 1);
        AssertAbout(Run("Get-ImapMessage -Uid 1 | Save-ImapMessage $path", ("path", _directory + "/")), 1);
        AssertAbout(Run("Get-ImapMessage -Uid 1 | Get-ImapMessageContent"), 1);
    }

    [Fact]
    public void A_part_that_cannot_be_read_is_one_error()
    {
        Fill(3);
        Server.On(command => Asks(command, 2) && command.Arguments.Contains("BODY.PEEK[1]", StringComparison.Ordinal), "* 2 FETCH (UID");
        Connect(Patient);
        EngineResult result = Run("Get-ImapMessage | Get-ImapMessageContent -Part 1");
        Assert.Equal(2, result.Output.Count);
        AssertAbout(result, 2);
        EngineResult saved = Run("Get-ImapMessage | Save-ImapAttachment $path -Part 1 -PassThru", ("path", _directory + "/"));
        Assert.Equal(2, saved.Output.Count);
        AssertAbout(saved, 2);
    }

    [Theory]
    [InlineData("(\"MIXED\"")]
    [InlineData("NIL")]
    [InlineData("((NIL NIL NIL NIL NIL NIL NIL) NIL")]
    public void A_message_whose_structure_cannot_be_read_has_its_attachments(string structure)
    {
        Fill(3);
        Server.Mailbox.Deliver("INBOX", "Subject: with files\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
            + "--b\r\n\r\nText\r\n--b\r\nContent-Disposition: attachment; filename=a.bin\r\nContent-Transfer-Encoding: base64\r\n\r\n"
            + "AAEC\r\n--b--\r\n").BodyStructure = structure;
        Connect(Patient);
        Assert.Equal(["a.bin"], Succeed("(Get-ImapMessage -HasAttachment).Attachments.Name").Select(name => name.ToString()));
        Assert.Equal(["a.bin"], Succeed("Get-ImapMessage | Save-ImapAttachment $path -PassThru", ("path", _directory + "/"))
            .Select(file => Path.GetFileName(file.ToString())));
        Assert.Equal([0, 1, 2], File.ReadAllBytes(Path.Combine(_directory, "a.bin")));
    }

    [Fact]
    public void A_connection_that_is_always_lost_is_lost()
    {
        Fill(60);
        Server.On("UID FETCH", ScriptedReply.Cut);
        Connect(Patient);
        AssertError(Run("Get-ImapMessage"), "ConnectionLost");
    }

    [Theory]
    [InlineData("cut", "Get-ImapMessage -Uid 25, 30, 40", "25:40")]
    [InlineData("cut", "Get-ImapMessage -Uid 30", 30u)]
    [InlineData("cut after others", "Get-ImapMessage", "30:60")]
    [InlineData("cut", "Get-ImapMessage", "21:60")]
    public void Without_retries_the_error_says_which_messages_had_been_asked_for(string way, string script, object target)
    {
        Fill(60);
        Spoil(30, way);
        Connect("-RetryCount 0");
        ErrorRecord error = AssertError(Run(script), "ConnectionLost");
        Assert.Equal(target, error.TargetObject);
        Assert.Equal(1, Server.Connections);
        Assert.Single(Succeed("Get-ImapMessage -Uid 1"));
    }

    [Fact]
    public void So_it_does_for_their_texts()
    {
        Fill(3);
        SpoilText(2, "cut");
        Connect("-RetryCount 0");
        Assert.Equal("2:3", AssertError(Run("Get-ImapMessage | Get-ImapMessageContent"), "ConnectionLost").TargetObject);
        Assert.Equal("1:3", AssertError(Run("Get-ImapMessage | Save-ImapMessage $path", ("path", _directory + "/")), "ConnectionLost")
            .TargetObject);
    }

    [Fact]
    public void A_text_by_literal8_is_the_whole_text()
    {
        Fill(3);
        Server.On(command => command.Verb == "UID FETCH" && command.Arguments.Contains("BODY.PEEK[]", StringComparison.Ordinal),
            ScriptedReply.Raw(command => string.Concat(Enumerable.Range(1, 3).Select(uid => Answer(uid, uid, command.Arguments)
                .Replace("{18}", "~{18}", StringComparison.Ordinal))) + $"{command.Tag} OK done\r\n"));
        Connect();
        Succeed("Get-ImapMessage | Save-ImapMessage $path", ("path", _directory + "/"));
        Assert.All(Directory.GetFiles(_directory), file => Assert.Equal(18, new FileInfo(file).Length));
        Assert.Equal(3, Directory.GetFiles(_directory).Length);
    }

    [Fact]
    public void What_the_server_tells_of_octets_that_do_not_come_is_no_message()
    {
        Fill(3);
        Server.On(command => Asks(command, 2) && command.Arguments.Contains("BODY.PEEK[]", StringComparison.Ordinal),
            ScriptedReply.Stream(command =>
            [
                "* 2 FETCH (UID 2 BODY[] ~", "{18}\r\nSubject: x\r\n\r\nText)\r\n", $"{command.Tag} OK done\r\n"
            ]));
        Connect();
        EngineResult result = Run("Get-ImapMessage -Uid 2 | Save-ImapMessage $path -PassThru", ("path", _directory + "/"));
        Assert.All(Directory.GetFiles(_directory), file => Assert.Equal(18, new FileInfo(file).Length));
        Assert.Equal(1, result.Output.Count + result.AllErrors.Count());
    }

    [Fact]
    public void A_date_that_makes_no_sense_is_nowhere()
    {
        Fill(2);
        Message(2).InternalDate = "\"00-Jan-0000 00:00:00 +0000\"";
        Connect();
        Assert.Null(Succeed("(Get-ImapMessage -Uid 2).Received")[0]);
        Succeed("Get-ImapMessage | Save-ImapMessage $path", ("path", _directory + "/"));
        Assert.DoesNotContain(Directory.GetFiles(_directory), file => file.Contains("0001", StringComparison.Ordinal));
        Assert.Equal(["1"], Succeed("Get-ImapMessage -Since 2000-01-01 | ForEach-Object Uid").Select(uid => uid.ToString()));
        Assert.Empty(Succeed("Get-ImapMessage -Before 2000-01-01"));
        Assert.Equal(2, Succeed("Get-ImapMessage -SortBy Received").Count);
    }

    [Fact]
    public void A_message_comes_once_and_none_that_was_not_asked_for()
    {
        Fill(5);
        Server.On("UID FETCH", ScriptedReply.Raw(command => string.Concat(
            _twiceAndMore.Select((uid, i) => Answer(i + 1, uid, command.Arguments))) + $"{command.Tag} OK done\r\n"));
        Connect(Patient);
        Assert.Equal(["1", "2", "3", "4", "5"], Succeed("Get-ImapMessage -Uid 1,2,3,4,5 | ForEach-Object Uid")
            .Select(uid => uid.ToString()));
        EngineResult saved = Run("1..5 | ForEach-Object { [pscustomobject]@{ Folder = 'INBOX'; Uid = $_ } } | Save-ImapMessage $path "
            + "-PassThru", ("path", _directory + "/"));
        Assert.Equal(5, saved.Output.Count);
    }

    private static string Answer(int number, int uid, string arguments) => arguments.Contains("BODY.PEEK[]", StringComparison.Ordinal)
        ? string.Create(CultureInfo.InvariantCulture, $"* {number} FETCH (UID {uid} BODY[] {{18}}\r\nSubject: x\r\n\r\nText)\r\n")
        : string.Create(CultureInfo.InvariantCulture, $"* {number} FETCH (UID {uid} FLAGS () INTERNALDATE \"02-Mar-2026 10:00:00 +0100\" "
            + $"RFC822.SIZE 14 BODYSTRUCTURE (\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 0 0 NIL NIL NIL NIL) "
            + $"BODY[HEADER.FIELDS (SUBJECT)] {{14}}\r\nSubject: x\r\n\r\n)\r\n");

    private ScriptedMessage Message(int uid) => Server.Mailbox["INBOX"].Messages[uid - 1];

    private void Fill(int count)
    {
        for (int i = 1; i <= count; i++)
        {
            Server.Mailbox.Deliver("INBOX", $"Message-ID: <{i}@x>\r\nSubject: message {i}\r\n\r\nText {i}\r\n");
        }
    }

    private void Spoil(int uid, string way)
    {
        switch (way)
        {
            case "NO":
            case "BAD":
                Server.On(command => Asks(command, uid), $"{way} [SERVERBUG] FETCH Server error while fetching messages");
                break;
            case "cut":
                Server.On(command => Asks(command, uid), ScriptedReply.Cut);
                break;
            case "cut after others":
                Server.On(command => Asks(command, uid) && FirstOf(command) < uid, ScriptedReply.Raw(command => string.Concat(
                    Enumerable.Range(FirstOf(command), uid - FirstOf(command)).Select(other => Answer(other, other, command.Arguments))),
                    thenCut: true));
                Server.On(command => Asks(command, uid), ScriptedReply.Cut);
                break;
            case "nonsense":
                Message(uid).Items["FLAGS"] = "(\\Seen";
                Server.On(command => Asks(command, uid) && command.Arguments.Contains("BODY.PEEK[]", StringComparison.Ordinal)
                    && FirstOf(command) == uid, ScriptedReply.Raw("* 1 FETCH (UID \r\n"));
                Server.On(command => Asks(command, uid) && command.Arguments.Contains("BODY.PEEK[]", StringComparison.Ordinal),
                    ScriptedReply.Raw(command => string.Concat(Enumerable.Range(FirstOf(command), uid - FirstOf(command))
                        .Select(other => Answer(other, other, command.Arguments))) + "* 1 FETCH (UID \r\n"));
                break;
            case "literal8":
                Message(uid).Items["RFC822.SIZE"] = "~{3}\r\n163";
                break;
            case "size":
                Message(uid).Items["RFC822.SIZE"] = "-1";
                break;
            case "flags":
                Message(uid).Items["FLAGS"] = @"(\Seen Work(1) 100%)";
                break;
            case "flags later":
                Server.On(command => Asks(command, uid) && !command.Arguments.Contains("BODY", StringComparison.Ordinal),
                    "NO FETCH Server error");
                break;
            case "nothing":
                Server.Mailbox["INBOX"].Messages[uid - 1].Items["UID"] = "4000";
                break;
        }
    }

    private void SpoilText(int uid, string way)
    {
        bool AsksText(ScriptedCommand command) => Asks(command, uid) && command.Arguments.Contains("BODY.PEEK[]", StringComparison.Ordinal);
        switch (way)
        {
            case "NO":
                Server.On(AsksText, "NO [SERVERBUG] FETCH Server error while fetching messages");
                break;
            case "cut":
                Server.On(AsksText, ScriptedReply.Cut);
                break;
            default:
                Server.On(AsksText, ScriptedReply.Raw(command => string.Concat(
                    Server.Mailbox["INBOX"].Messages.Select(message => (int)message.Uid)
                        .Where(other => other >= FirstOf(command) && other <= LastOf(command))
                        .Select(other => other == uid
                            ? $"* {other} FETCH (UID {other} BODY[] NIL)\r\n"
                            : Answer(other, other, command.Arguments))) + $"{command.Tag} OK done\r\n"));
                break;
        }
    }

    private static bool Asks(ScriptedCommand command, int uid) => command.Verb is "UID FETCH"
        && command.Arguments.Split(' ')[0].Split(',').Select(range => range.Split(':'))
            .Any(ends => int.Parse(ends[0], CultureInfo.InvariantCulture) <= uid
                && int.Parse(ends[^1], CultureInfo.InvariantCulture) >= uid);

    private static int FirstOf(ScriptedCommand command) =>
        int.Parse(command.Arguments.Split(' ', ':', ',')[0], CultureInfo.InvariantCulture);

    private static int LastOf(ScriptedCommand command) =>
        int.Parse(command.Arguments.Split(' ')[0].Split(':', ',')[^1], CultureInfo.InvariantCulture);

    private static IEnumerable<string> Targets(EngineResult result) =>
        result.AllErrors.Select(error => error.TargetObject is uint uid
            ? uid.ToString(CultureInfo.InvariantCulture)
            : ((dynamic)error.TargetObject).Uid.ToString(CultureInfo.InvariantCulture)).Cast<string>();

    private static void AssertOthers(EngineResult result, int count, int? bad)
    {
        Assert.Equal(
            Enumerable.Range(1, count).Where(uid => uid != (bad ?? 30)),
            result.Output.Select(message => (int)(uint)message.Properties["Uid"].Value).Order());
        if (bad is null) Assert.Empty(result.AllErrors);
        else AssertAbout(result, bad.Value);
    }

    private static void AssertAbout(EngineResult result, int uid)
    {
        ErrorRecord error = Assert.Single(result.AllErrors);
        Assert.Matches("^(CommandRejected|ProtocolError|MessageNotFound),", error.FullyQualifiedErrorId);
        Assert.Equal([uid.ToString(CultureInfo.InvariantCulture)], Targets(result));
        Assert.Contains($" {uid}", error.ToString(), StringComparison.Ordinal);
    }
}
