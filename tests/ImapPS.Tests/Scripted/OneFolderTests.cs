using System.Management.Automation;
using ImapPS.Folders;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Scripted;

/// <summary>A folder that is like no other stops only itself.</summary>
public sealed class OneFolderTests : ScriptedTest
{
    [Theory]
    [InlineData("* STATUS Sent Items (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 7 UNSEEN 0)", "ProtocolError")]
    [InlineData("* STATUS \"Sent Items\" (MESSAGES -1 UIDNEXT", "ProtocolError")]
    [InlineData("cut", "ProtocolError")]
    public void A_folder_whose_counts_cannot_be_read_is_one_error(string answer, string id)
    {
        Server.Mailbox.CreateFolder("Sent Items");
        Server.Mailbox.CreateFolder("Work");
        ScriptedReply reply = answer == "cut" ? ScriptedReply.Cut : answer;
        Server.On(command => command.Verb == "STATUS" && command.Arguments.Contains("Sent", StringComparison.Ordinal), reply);
        Connect("-RetryCount 1");
        EngineResult result = Run("Get-ImapFolder");
        ErrorRecord error = AssertError(result, id);
        Assert.Equal("Sent Items", error.TargetObject);
        Assert.Equal(["INBOX", "Sent Items", "Work"], result.Output.Select(folder => folder.Properties["Path"].Value));
        Assert.Equal([0, null, 0], result.Output.Select(folder => folder.Properties["MessageCount"].Value));
        Assert.Equal(["INBOX", "Sent Items", "Work"], Succeed("(Get-ImapFolder -NoStatus).Path").Select(path => path.ToString()));
    }

    [Theory]
    [InlineData("NO Cannot open it", "CommandRejected")]
    [InlineData("BAD Internal error", "CommandRejected")]
    [InlineData("NO [NOPERM] No", "PermissionDenied")]
    [InlineData("* STATUS Sent Items (MESSAGES 0 UIDNEXT 1 UIDVALIDITY 7 UNSEEN 0)", "ProtocolError")]
    [InlineData("cut", "ProtocolError")]
    public void One_that_is_named_comes_without_its_counts_and_the_others_come(string answer, string id)
    {
        Server.Mailbox.CreateFolder("Sent Items");
        Server.Mailbox.CreateFolder("Work");
        ScriptedReply reply = answer == "cut" ? ScriptedReply.Cut : answer;
        Server.On(command => command.Verb == "STATUS" && command.Arguments.Contains("Sent", StringComparison.Ordinal), reply);
        Connect("-RetryCount 1");
        foreach (string script in new[] { "Get-ImapFolder INBOX, 'Sent Items', Work", "'INBOX', 'Sent Items', 'Work' | Get-ImapFolder" })
        {
            EngineResult result = Run(script);
            Assert.Equal("Sent Items", AssertError(result, id).TargetObject);
            Assert.Equal(["INBOX", "Sent Items", "Work"], result.Output.Select(folder => folder.Properties["Path"].Value));
            Assert.Equal([0, null, 0], result.Output.Select(folder => folder.Properties["MessageCount"].Value));
            Assert.Null(result.Output[1].Properties["UidValidity"].Value);
        }
    }

    [Fact]
    public void One_that_is_named_and_gone_is_not_found()
    {
        Server.Mailbox.CreateFolder("Work");
        Connect();
        Succeed("Get-ImapFolder Work");
        Server.Mailbox.Folders.Remove(Server.Mailbox["Work"]);
        Server.On("STATUS", "NO No");
        AssertError(Run("Get-ImapFolder Work"), "FolderNotFound");
    }

    [Theory]
    [InlineData("NO Cannot open it")]
    [InlineData("BAD Internal error")]
    public void One_whose_counts_are_refused_has_none(string answer)
    {
        Server.Mailbox.CreateFolder("Sent Items");
        Server.Mailbox.CreateFolder("Work");
        Server.On(command => command.Verb == "STATUS" && command.Arguments.Contains("Sent", StringComparison.Ordinal), answer);
        Connect();
        EngineResult result = Run("Get-ImapFolder");
        Assert.Equal("Sent Items", AssertError(result, "CommandRejected").TargetObject);
        Assert.Equal(["INBOX", "Sent Items", "Work"], result.Output.Select(folder => folder.Properties["Path"].Value));
        Assert.Null(result.Output[1].Properties["MessageCount"].Value);
    }

    [Fact]
    public void One_that_may_not_be_looked_into_is_no_error()
    {
        Server.Mailbox.CreateFolder("Shared");
        Server.On(command => command.Verb == "STATUS" && command.Arguments.Contains("Shared", StringComparison.Ordinal), "NO [NOPERM] No");
        Connect();
        Assert.Equal(2, Succeed("Get-ImapFolder").Count);
    }

    [Fact]
    public void Counts_within_LIST_that_cannot_be_read_are_asked_for_one_by_one()
    {
        Server.Capabilities += " LIST-EXTENDED LIST-STATUS";
        Server.Mailbox.CreateFolder("Sent Items");
        Server.On(command => command.Verb == "LIST" && command.Line.Contains("STATUS", StringComparison.Ordinal),
            "* LIST () \"/\" INBOX\n* STATUS INBOX (MESSAGES 0)\n* LIST () \"/\" \"Sent Items\"\n* STATUS Sent Items (MESSAGES 0)");
        Connect("-RetryCount 1");
        Assert.Equal(["INBOX", "Sent Items"], Succeed("(Get-ImapFolder).Path").Select(path => path.ToString()));
    }

    [Theory]
    [InlineData("R&D")]
    [InlineData("Entwürfe")]
    [InlineData("Büro & Co")]
    [InlineData("Tom & Jerry")]
    [InlineData("AT&T-Mail")]
    [InlineData("R&D/Sub")]
    [InlineData("送信済み")]
    [InlineData("x&")]
    public void A_name_that_is_not_encoded_is_shown_and_opened_as_it_was_listed(string name)
    {
        Server.Mailbox.CreateFolder(name).WireName = $"\"{name}\"";
        Server.Mailbox.CreateFolder("Gelöscht");
        Server.Mailbox.Deliver(name, "Subject: here\r\n\r\nx\r\n");
        Connect();
        Assert.Contains(name, Succeed("(Get-ImapFolder).Path").Select(path => path.ToString()));
        Assert.Equal(["here"], Succeed("Get-ImapFolder -NoStatus | Get-ImapMessage | ForEach-Object Subject")
            .Select(text => text.ToString()));
        Assert.Equal(["here"], Succeed("(Get-ImapMessage $name).Subject", ("name", name)).Select(text => text.ToString()));

        // On a new connection, which has not listed it.
        Connect();
        Assert.Equal(["here"], Succeed("(Get-ImapMessage $name).Subject", ("name", name)).Select(text => text.ToString()));
        Assert.Equal(1, Succeed("(Get-ImapFolder $name).MessageCount", ("name", name))[0].BaseObject);
    }

    [Fact]
    public void Names_that_look_the_same_to_others_are_two()
    {
        foreach (string name in new[] { "R&D", "R&E" })
        {
            Server.Mailbox.CreateFolder(name).WireName = $"\"{name}\"";
            Server.Mailbox.Deliver(name, $"Subject: {name}\r\n\r\nx\r\n");
        }

        Connect();
        Assert.Equal(["R&D", "R&E"], Succeed("Get-ImapFolder | Get-ImapMessage | ForEach-Object Subject").Select(text => text.ToString()));
    }

    [Theory]
    [InlineData("R&-D", "R&D")]
    [InlineData("Entw&APw-rfe", "Entwürfe")]
    [InlineData("&ZeVnLIqe-/x", "日本語/x")]
    [InlineData("R&D", "R&D")]
    [InlineData("R&D-", "R&D-")]
    [InlineData("&2D0-", "&2D0-")]
    [InlineData("Entwürfe", "Entwürfe")]
    [InlineData("&", "&")]
    [InlineData("", "")]
    public void Names_are_decoded_strictly(string encoded, string name) => Assert.Equal(name, FolderNameEncoding.Decode(encoded));

    [Theory]
    [InlineData("R&D", "R&-D")]
    [InlineData("Entwürfe", "Entw&APw-rfe")]
    [InlineData("日本語/x", "&ZeVnLIqe-/x")]
    public void And_encoded_as_ever(string name, string encoded) => Assert.Equal(encoded, FolderNameEncoding.Encode(name));
}
