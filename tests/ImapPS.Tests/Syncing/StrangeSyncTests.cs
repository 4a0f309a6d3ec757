using System.Management.Automation;
using System.Text;
using ImapPS.Sandbox;
using ImapPS.Tests.Scripted;

namespace ImapPS.Tests.Syncing;

/// <summary>Servers that were set back, that alter messages, that read some of them only sometimes.</summary>
public sealed class StrangeSyncTests : ScriptedTest
{
    private readonly ScriptedServer _other = ScriptedServer.Start();
    private readonly string _state = Path.GetTempFileName();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _other.DisposeAsync();
        File.Delete(_state);
    }

    /// <summary>
    /// The destination is restored from a backup, keeps its UIDVALIDITY, and gives the UIDs that the file knows to other messages.
    /// </summary>
    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    public void A_destination_that_was_set_back_gets_all_that_it_lost(int others)
    {
        for (int i = 1; i <= 4; i++) Server.Mailbox.Deliver("INBOX", Numbered($"a{i}"));
        ConnectBoth();
        Assert.Equal(4, Copied());
        IList<ScriptedMessage> held = _other.Mailbox["INBOX"].Messages;
        held.Clear();
        for (int i = 1; i <= others; i++) _other.Mailbox.Deliver("INBOX", Numbered($"another{i}"));
        Assert.Equal(4, Copied());
        Assert.Equal(others + 4, held.Count);
        for (int i = 1; i <= 4; i++) Assert.Single(held, message => Subject(message) == $"a{i}");

        // What the file said of the time before does not come back.
        Assert.Equal(0, Copied());
        for (int i = 1; i <= 9; i++) _other.Mailbox.Deliver("INBOX", Numbered($"more{i}"));
        Assert.Equal(0, Copied());
    }

    /// <summary>As Courier does it until the folder was selected: the UIDVALIDITY is the second in which somebody asks for it.</summary>
    [Fact]
    public void An_empty_destination_may_get_its_UIDVALIDITY_late()
    {
        for (int i = 1; i <= 4; i++) Server.Mailbox.Deliver("INBOX", Numbered($"a{i}"));
        ScriptedFolder folder = _other.Mailbox["INBOX"];
        _other.On(
            command =>
            {
                if (folder.Messages.Count == 0 && command.Verb is ("EXAMINE" or "SELECT" or "STATUS")) folder.UidValidity++;
                return false;
            },
            "OK");
        ConnectBoth();
        Assert.Equal(4, Copied());
        Assert.Equal(4, folder.Messages.Count);
        Assert.Equal(0, Copied());
        Assert.Equal(4, folder.Messages.Count);
    }

    [Fact]
    public void A_source_that_was_set_back_is_copied_anew()
    {
        for (int i = 1; i <= 4; i++) Server.Mailbox.Deliver("INBOX", Numbered($"a{i}"));
        ConnectBoth();
        Assert.Equal(4, Copied());
        Server.Mailbox["INBOX"].Messages.Clear();
        for (int i = 1; i <= 2; i++) Server.Mailbox.Deliver("INBOX", Numbered($"b{i}"));
        Assert.Equal(2, Copied());
        Assert.Single(_other.Mailbox["INBOX"].Messages, message => Subject(message) == "b1");
    }

    /// <summary>A line end that is no CRLF cannot be sent. The copy has other octets, and there is no Message-ID.</summary>
    [Fact]
    public void A_message_without_Message_ID_whose_octets_cannot_be_kept_is_copied_once()
    {
        Server.Mailbox.Deliver("INBOX", Encoding.Latin1.GetBytes(
            "From: cron@example.org\r\nDate: Mon, 02 Mar 2026 10:00:00 +0000\r\nSubject: report\r\n\r\nbare\nline\nends\r\n"));
        ConnectBoth();
        for (int run = 0; run < 3; run++) Succeed("Sync-ImapFolder INBOX -ToSession $other");
        Assert.Single(_other.Mailbox["INBOX"].Messages);
    }

    /// <summary>Whether the copy is there cannot be told while the message cannot be read. A moment later it could be copied.</summary>
    [Fact]
    public void A_message_that_cannot_be_compared_is_not_copied()
    {
        foreach (ScriptedServer server in new[] { Server, _other })
        {
            server.Mailbox.Deliver("INBOX", "Subject: none\r\n\r\nsame\r\n");
            server.Mailbox.Deliver("INBOX", "Subject: none\r\n\r\nsome\r\n");
        }

        bool fails = true;
        Server.On(command => fails && command.Verb == "UID FETCH" && command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal),
            "NO Cannot read it");
        _other.On(
            command =>
            {
                fails &= !command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal);
                return false;
            },
            "OK");
        ConnectBoth();
        EngineResult result = Run("Sync-ImapFolder INBOX -ToSession $other -RemoveExtra -Force");
        Assert.Equal(2, result.AllErrors.Count());
        Assert.Equal(2, _other.Mailbox["INBOX"].Messages.Count);
        Assert.Equal("False", Assert.Single(result.Output).Properties["IsEqual"].Value.ToString());
        Assert.Equal(0, _other.Count("APPEND"));
        Assert.Equal("True", Assert.Single(Succeed("Sync-ImapFolder INBOX -ToSession $other")).Properties["IsEqual"].Value.ToString());
    }

    [Fact]
    public void A_line_of_the_file_that_somebody_has_spoilt_is_passed_over()
    {
        Server.Mailbox.Deliver("INBOX", Numbered("a"));
        ConnectBoth();
        Assert.Equal(1, Copied());
        string line = File.ReadAllLines(_state)[0];
        string accounts = line[..line.IndexOf(",\"Uids\"", StringComparison.Ordinal)];
        File.AppendAllLines(_state,
        [
            $"{accounts},\"Settled\":{{}}}}", $"{accounts},\"Settled\":{{\"Source\":null,\"Destination\":null,\"Extra\":0}}}}",
            $"{accounts},\"Uids\":[1,2],\"DestinationUids\":[1]}}", $"{accounts},\"Uids\":[4294967295],\"DestinationUids\":[7]}}",
            accounts.Replace("\"INBOX\"", "null", StringComparison.Ordinal) + "}", "null", "[]", "\0\0\0", "{\"Accounts\":null}",
        ]);
        Assert.Equal(0, Copied());
        Assert.Single(_other.Mailbox["INBOX"].Messages);
    }

    private static string Numbered(string subject) => $"Subject: {subject}\r\nMessage-ID: <{subject}@example.org>\r\n\r\nx\r\n";

    private static string Subject(ScriptedMessage message) => Encoding.Latin1.GetString(message.Octets).Split("\r\n")[0][9..];

    private void ConnectBoth()
    {
        Succeed("$other = Connect-Imap 127.0.0.1 -Port $there -Security None -AllowPlaintext -Credential $credential -RetryCount 1 "
            + "-RetryDelaySeconds 0", ("there", _other.Port));
        Connect();
    }

    private int Copied()
    {
        PSObject folder = Assert.Single(Succeed("Sync-ImapFolder INBOX -ToSession $other -StatePath $state", ("state", _state)));
        return LanguagePrimitives.ConvertTo<int>(folder.Properties["Copied"].Value);
    }
}
