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

    [GeneratedRegex("UID FETCH ([0-9,:]+)")]
    private static partial Regex Set();
}
