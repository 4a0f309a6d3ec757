using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;
using ImapPS.Tests.Scripted;

namespace ImapPS.Tests.Syncing;

/// <summary>Which folder is whose counterpart, between servers that write names and roles in other ways.</summary>
public sealed partial class FolderPairingTests : ScriptedTest
{
    private readonly ScriptedServer _other = ScriptedServer.Start();
    private readonly OldServer _old = OldServer.Start();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _other.DisposeAsync();
        await _old.DisposeAsync();
    }

    [Fact]
    public void A_role_goes_to_the_folder_that_has_it_and_what_is_below_follows()
    {
        Create(Server, ("Gesendet", "\\Sent"), ("Gesendet/Alt", "\\HasNoChildren"), ("Papierkorb", "\\Trash"), ("Entwürfe", "\\Drafts"));
        Create(_other, ("Sent Items", "\\Sent"), ("Deleted", "\\Trash"));
        ConnectTo(_other.Port);
        Assert.Equal("Entwürfe -> Entwürfe, Gesendet -> Sent Items, Gesendet/Alt -> Sent Items/Alt, INBOX -> INBOX, Papierkorb -> Deleted",
            Destinations(""));
        Assert.Equal("Gesendet -> Old/Sent, Gesendet/Alt -> Old/Sent/Alt", Destinations("Gesendet* -Map @{ Gesendet = 'Old/Sent' }"));
        Assert.Equal(0, _other.Count("CREATE") + _other.Count("APPEND"));
    }

    [Fact]
    public void A_folder_with_the_name_of_the_one_that_has_the_role_is_in_its_way()
    {
        Create(Server, ("Gesendet", "\\Sent"), ("Sent", "\\HasNoChildren"));
        Create(_other, ("Sent", "\\Sent"));
        ConnectTo(_other.Port);
        ErrorRecord error = AssertError(Run("Sync-ImapFolder -ToSession $other"), "ArgumentInvalid");
        Assert.Contains("'Gesendet'", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _other.Count("APPEND") + Server.Count("UID FETCH"));
        Assert.Equal("Gesendet -> Sent, INBOX -> INBOX, Sent -> Sent (old)", Destinations("-Map @{ Sent = 'Sent (old)' }"));
    }

    /// <summary>As Dovecot's own configuration has it.</summary>
    [Fact]
    public void Several_folders_may_have_a_role()
    {
        Create(Server, ("Sent", "\\Sent"), ("Sent Messages", "\\Sent"), ("Junk", "\\Junk"));
        Create(_other, ("Sent Items", "\\Sent"), ("A Spam", "\\Junk"), ("Junk", "\\Junk"));
        Server.Mailbox.Deliver("Junk", "Subject: more\r\n\r\nx\r\n");
        ConnectTo(_other.Port);
        Assert.Equal("INBOX -> INBOX, Junk -> Junk, Sent -> Sent Items, Sent Messages -> Sent Messages", Destinations(""));
        Assert.Equal("Sent Messages -> Sent Messages", Destinations("'Sent Messages'"));
        Assert.Equal("Sent -> Old, Sent Messages -> Sent Items", Destinations("Sent* -Map @{ Sent = 'Old' }"));
    }

    [Fact]
    public void What_is_somebody_elses_is_nobodys_counterpart()
    {
        Create(Server, ("Gesendet", "\\Sent"), ("Others/bob/Mine", "\\HasNoChildren"), ("Plain", "\\HasNoChildren"));
        Create(_other, ("Others/bob/Sent", "\\Sent"), ("Others/bob/Mine", "\\HasNoChildren"), ("Sent Items", "\\Sent"));
        Server.Mailbox.Deliver("Others/bob/Mine", "Subject: more\r\n\r\nx\r\n");
        _other.On("NAMESPACE", "* NAMESPACE ((\"\" \"/\")) ((\"Others/\" \"/\")) NIL");
        ConnectTo(_other.Port);
        EngineResult result = Run("Sync-ImapFolder -ToSession $other -WhatIf");
        Assert.Equal("Others/bob/Mine", AssertError(result, "ArgumentInvalid").TargetObject.ToString());
        Assert.Equal(["Gesendet Sent Items", "INBOX INBOX", "Plain Plain"],
            result.Output.Select(action => $"{action.Properties["Folder"].Value} {action.Properties["Destination"].Value}").Distinct()
                .Order(StringComparer.Ordinal));
        Assert.Equal("Others/bob/Mine -> Others/bob/Mine",
            Destinations("Others/bob/Mine -Map @{ 'Others/bob/Mine' = 'Others/bob/Mine' }"));
    }

    [Fact]
    public void A_name_that_no_folder_can_have_costs_an_error_and_the_others_go_on()
    {
        Create(Server, ("a//b", "\\HasNoChildren"), ("Plain", "\\HasNoChildren"));
        ConnectTo(_other.Port);
        EngineResult result = Run("Sync-ImapFolder -ToSession $other");
        Assert.Equal("a//b", AssertError(result, "ArgumentInvalid").TargetObject.ToString());
        Assert.Equal(["INBOX", "Plain"], result.Output.Select(folder => folder.Properties["Folder"].Value.ToString()).Order());
    }

    /// <summary>What the map names is below the prefix: it is found when it is there, and in the way of what has its name.</summary>
    [Fact]
    public void A_destination_that_is_named_is_below_the_prefix()
    {
        Create(Server, ("a", "\\HasNoChildren"), ("b", "\\HasNoChildren"));
        ConnectTo(_old.Port);
        Assert.Equal("a -> INBOX.c", Destinations("a -Map @{ a = 'c' }"));
        Assert.Equal("a -> INBOX.c", Destinations("a -Map @{ a = 'INBOX.c' }"));
        AssertError(Run("Sync-ImapFolder a, b -ToSession $other -Map @{ a = 'b' }"), "ArgumentInvalid");
        Assert.Equal(1, Copied("a -Map @{ a = 'c' }"));
        Assert.Equal(0, Copied("a -Map @{ a = 'c' }"));
        Assert.Empty(Destinations("a -Map @{ a = 'c' }"));
    }

    [Fact]
    public void A_folder_that_differs_in_case_from_one_that_is_there_is_not_mixed_with_it()
    {
        Create(Server, ("foo", "\\HasNoChildren"));
        Create(_other, ("Foo", "\\HasNoChildren"));
        _other.On("CREATE", "NO [ALREADYEXISTS] There is one");

        // It answers to either name, and lists one.
        _other.On(command => IsAbout(command, "LIST"), "* LIST (\\HasNoChildren) \"/\" foo");
        _other.On(command => IsAbout(command, "EXAMINE") || IsAbout(command, "SELECT"),
            "* 0 EXISTS\n* OK [UIDVALIDITY 1] ok\n* OK [UIDNEXT 1] ok\nOK [READ-WRITE] done");
        ConnectTo(_other.Port);
        Assert.Single(Run("Sync-ImapFolder foo -ToSession $other -RemoveExtra -Force").AllErrors);
        Assert.Single(_other.Mailbox["Foo"].Messages);
        Assert.Equal(0, _other.Count("APPEND") + _other.Count("UID EXPUNGE"));

        static bool IsAbout(ScriptedCommand command, string verb) =>
            command.Verb == verb && command.Line.Contains("foo", StringComparison.Ordinal);
    }

    [Fact]
    public void A_path_and_its_folder_are_two_keys_of_a_map_and_one_folder()
    {
        Create(Server, ("a", "\\HasNoChildren"));
        ConnectTo(_other.Port);
        AssertError(Run("Sync-ImapFolder a -ToSession $other -Map @{ a = 'x'; (Get-ImapFolder a) = 'y' }"), "ArgumentInvalid");
    }

    [Fact]
    public void The_delimiter_and_the_prefix_are_those_of_the_other_server()
    {
        Create(Server, ("a", "\\HasChildren"), ("a/b", "\\HasNoChildren"), ("v1.0", "\\HasNoChildren"));
        ConnectTo(_old.Port);
        Assert.Equal("a -> INBOX.a, a/b -> INBOX.a.b, INBOX -> INBOX, v1.0 -> INBOX.v1_0", Destinations(""));
    }

    [Fact]
    public void Names_that_the_other_server_takes_for_one_cost_an_error_and_mix_nothing()
    {
        Create(Server, ("Foo", "\\HasNoChildren"), ("foo", "\\HasNoChildren"));
        Create(_other, ("Foo", "\\HasNoChildren"));
        _other.On("CREATE", "NO [ALREADYEXISTS] There is one");
        ConnectTo(_other.Port);
        EngineResult result = Run("Sync-ImapFolder Foo, foo -ToSession $other -RemoveExtra -Force");
        Assert.Single(result.AllErrors);
        Assert.Equal("Subject: Foo\r\n\r\nx\r\n",
            System.Text.Encoding.Latin1.GetString(Assert.Single(_other.Mailbox["Foo"].Messages).Octets));
    }

    [Fact]
    public void A_message_that_cannot_be_read_costs_one_error_and_removes_nothing()
    {
        for (int i = 1; i <= 4; i++) Server.Mailbox.Deliver("INBOX", $"Subject: {i}\r\nMessage-ID: <{i}@example.org>\r\n\r\nx\r\n");
        _other.Mailbox.Deliver("INBOX", "Subject: extra\r\n\r\nx\r\n");
        Server.On(command => command.Verb == "UID FETCH" && Covers(command.Line, 2), "NO Cannot read it");
        ConnectTo(_other.Port);
        EngineResult result = Run("Sync-ImapFolder INBOX -ToSession $other -RemoveExtra -Force");
        Assert.Single(result.AllErrors);
        PSObject folder = Assert.Single(result.Output);
        Assert.Equal(3, LanguagePrimitives.ConvertTo<int>(folder.Properties["Copied"].Value));
        Assert.Equal(0, LanguagePrimitives.ConvertTo<int>(folder.Properties["Removed"].Value));
        Assert.Equal(4, _other.Mailbox["INBOX"].Messages.Count);
    }

    private static bool Covers(string line, int uid)
    {
        string set = Set().Match(line).Groups[1].Value;
        return set.Split(',').Any(range => range.Split(':') is var ends && Number(ends[0]) <= uid && Number(ends[^1]) >= uid);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void Create(ScriptedServer server, params (string Path, string Attributes)[] folders)
    {
        foreach ((string path, string attributes) in folders)
        {
            server.Mailbox.CreateFolder(path, attributes);
            server.Mailbox.Deliver(path, $"Subject: {path}\r\n\r\nx\r\n");
        }

        server.Mailbox.Deliver("INBOX", $"Subject: {server.Port}\r\n\r\nx\r\n");
    }

    private void ConnectTo(int port)
    {
        Succeed("$other = Connect-Imap 127.0.0.1 -Port $there -Security None -AllowPlaintext -Credential $credential -RetryCount 1 "
            + "-RetryDelaySeconds 0", ("there", port));
        Connect();
    }

    /// <summary>Where -WhatIf says that the folders would go.</summary>
    private string Destinations(string parameters) => string.Join(", ",
        Succeed($"Sync-ImapFolder {parameters} -ToSession $other -WhatIf")
            .Select(action => $"{action.Properties["Folder"].Value} -> {action.Properties["Destination"].Value}")
            .Distinct()
            .Order(StringComparer.OrdinalIgnoreCase));

    private int Copied(string parameters) => LanguagePrimitives.ConvertTo<int>(
        Assert.Single(Succeed($"Sync-ImapFolder {parameters} -ToSession $other")).Properties["Copied"].Value);

    [GeneratedRegex("UID FETCH ([0-9,:]+)")]
    private static partial Regex Set();
}
