namespace ImapPS.Tests.Reading;

/// <summary>
/// A message whose headers are longer than any server takes from outside, between two that are not. Dovecot 2.3 itself breaks off at some 8
/// MB.
/// </summary>
public sealed class LongHeaderTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData("Get-ImapMessage")]
    [InlineData("Get-ImapMessage -Include Headers")]
    [InlineData("Get-ImapMessage -Headers X-Many")]
    [InlineData("Get-ImapMessage | Get-ImapMessageContent")]
    public void The_others_come_and_the_connection_stays(string script)
    {
        User.Deliver("INBOX", Message("first"));
        User.Deliver("INBOX", $"From: a@example.org\r\nSubject: {new string('x', 6_000_000)}\r\nX-Many: y\r\n\r\nHello.\r\n");
        User.Deliver("INBOX", Message("last"));
        Connect();

        string[] subjects = [.. Subjects(Succeed(script))];
        Assert.Equal(3, subjects.Length);
        Assert.Equal(("first", "last"), (subjects[0], subjects[2]));
        Assert.Equal(0, Proxy.Connections);
        Assert.Equal("Moved",
            Property<string>(Assert.Single(Succeed("Get-ImapMessage -Uid 2 | Move-ImapMessage Moved -CreateFolder -PassThru")), "Folder"));
    }
}
