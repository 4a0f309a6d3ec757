using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Backups;

/// <summary>Two messages that only look like one are two, and what has moved is one.</summary>
public sealed class IdentityTests(MailServer mail) : BackupTest(mail)
{
    private const string One = "From: a@example.org\r\nMessage-ID: <same@example.org>\r\nSubject: code\r\n\r\nThe code is 1234\r\n";
    private static readonly string _two = One.Replace("1234", "5678", StringComparison.Ordinal);

    [Theory]
    [InlineData("A", "B")]
    [InlineData("B", "A")]
    public void Two_that_arrive_in_one_second_with_one_header_and_size_are_two(string first, string second)
    {
        Deliver(first, One);
        Connect();
        BackUp();
        Deliver(second, _two);
        Assert.Equal((1, 0), Counts(BackUp()[second]));
        AssertHeld((first, One), (second, _two));
    }

    [Fact]
    public void Two_that_are_new_at_once_are_two()
    {
        Deliver("A", One);
        Deliver("B", _two);
        Deliver("C", One);
        Connect();
        BackUp();
        AssertHeld(("A", One), ("B", _two), ("C", One));
    }

    /// <summary>A draft is saved again in the same second: the old one has left, and the new one is another.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("-Mirror")]
    public async Task What_is_saved_anew_in_the_same_folder_is_not_the_old_one(string mirror)
    {
        Deliver("A", One);
        Connect();
        BackUp(mirror);
        Deliver("A", _two);
        await OtherClientAsync("SELECT A", "UID STORE 1 +FLAGS (\\Deleted)", "UID EXPUNGE 1");
        Assert.Equal((1, 0), Counts(BackUp(mirror)["A"]));
        Assert.Contains(_two, Texts("A"));
    }

    [Fact]
    public async Task Of_two_bodies_nobody_can_tell_which_one_has_moved()
    {
        Deliver("A", One);
        Deliver("B", _two);
        User.CreateFolder("C");
        Connect();
        BackUp();
        await OtherClientAsync("SELECT B", "UID MOVE 1 C");
        Assert.Equal((1, 0), Counts(BackUp()["C"]));
        Assert.Equal([_two], Texts("C"));
    }

    [Fact]
    public async Task A_file_that_is_missing_may_be_the_one()
    {
        Deliver("A", One);
        Deliver("B", _two);
        User.CreateFolder("C");
        Connect();
        BackUp();
        File.Delete(Directory.GetFiles(Path.Combine(Root, "B")).Single());
        await OtherClientAsync("SELECT B", "UID MOVE 1 C", "SELECT A", "UID MOVE 1 B");
        BackUp();
        Assert.Equal([_two], Texts("C"));
    }

    [Fact]
    public async Task What_has_moved_is_known_and_a_copy_of_it_is_fetched()
    {
        Deliver("A", One);
        foreach (string folder in (string[])["B", "C"]) User.CreateFolder(folder);
        Connect();
        BackUp();
        await OtherClientAsync("SELECT A", "UID COPY 1 B");
        Proxy.Clear();
        Assert.Equal((1, 0), Counts(BackUp()["B"]));
        Assert.Equal(1, Fetched);

        // One message has left, and two have come.
        await OtherClientAsync("SELECT A", "UID COPY 1 C", "UID MOVE 1 C");
        Proxy.Clear();
        Assert.Equal((1, 1), Counts(BackUp()["C"]));
        Assert.Equal(1, Fetched);
        AssertHeld(("A", One), ("B", One), ("C", One), ("C", One));
    }

    /// <summary>What a server does not show is no proof that a message has left.</summary>
    [Theory]
    [InlineData("EXAMINE", "{tag} NO [NOPERM] cannot\r\n")]
    [InlineData("UID SEARCH", "* ESEARCH (TAG \"{tag}\") UID\r\n{tag} OK done\r\n")]
    public void What_cannot_be_looked_at_has_not_left(string verb, string answer)
    {
        Deliver("A", One);
        User.CreateFolder("B");
        Connect();
        BackUp();
        Deliver("B", _two);
        bool isInA = false;
        Proxy.On(
            command =>
            {
                if (command.Verb == "EXAMINE") isInA = command.Line.Split(' ')[2].Trim() == "A";
                return isInA && command.Verb == verb;
            },
            ProxyAction.Reply(answer), times: 100);
        Assert.Equal((1, 0), Counts(BackUp("B")["B"]));
        Assert.Equal([_two], Texts("B"));
    }

    /// <summary>Gmail shows a message in the folder of each label, under one number; a draft keeps its number as it changes.</summary>
    [Theory]
    [InlineData("", 1, 1)]
    [InlineData("", 2, 0)]
    [InlineData("\\Draft", 1, 0)]
    public async Task In_Gmail_a_copy_of_the_same_number_is_known_unless_it_is_a_draft(string flags, int number, int known)
    {
        Deliver("A", One);
        User.CreateFolder("B");
        Proxy.ShowCapability("X-GM-EXT-1");
        Connect();
        Answer(1);
        BackUp("A");
        await OtherClientAsync("SELECT A", "UID COPY 1 B");
        Answer(number);
        Assert.Equal((1 - known, known), Counts(BackUp("B")["B"]));
        Assert.Equal([One], Texts("B"));

        void Answer(int id) => Proxy.On(command => command.Line.Contains("X-GM-MSGID", StringComparison.Ordinal),
            ProxyAction.Reply(Text($"* 1 FETCH (UID 1 FLAGS ({flags}) INTERNALDATE \"01-Jan-2020 00:00:00 +0000\" ")
                + Text($"RFC822.SIZE {One.Length} X-GM-MSGID {id} X-GM-THRID 1 X-GM-LABELS () BODY[HEADER.FIELDS (MESSAGE-ID)] {{34}}\r\n")
                + "Message-ID: <same@example.org>\r\n\r\n)\r\n{tag} OK done"));
    }

    private void Deliver(string folder, string text)
    {
        User.CreateFolder(folder);
        User.DeliverMany(folder, 1, _ => new SeedMessage(text, new MessageState(DateTimeOffset.UnixEpoch.AddYears(50), SystemFlags.None)));
    }

    private static (int New, int Known) Counts(ImapFolderBackup folder) => (folder.New, folder.Known);

    private IEnumerable<string> Texts(string folder) => Contents().Find(folder)!.Present
        .Select(entry => File.ReadAllText(new ImapPS.Backups.BackupFiles(Root).PathOf(entry)));

    private void AssertHeld(params (string Folder, string Text)[] expected) =>
        Assert.Equal(expected.Order(), expected.Select(one => one.Folder).Distinct().SelectMany(folder =>
            Texts(folder).Select(text => (folder, text))).Order());
}
