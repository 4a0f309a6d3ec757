using System.Management.Automation;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

public sealed class ConcurrencyTests(MailServer mail) : ModuleTest(mail)
{
    private const int Messages = 300;

    [Fact]
    public void Four_runspaces_on_one_session()
    {
        User.DeliverMany("INBOX", Messages, i => new SeedMessage(Message(Text($"message {i}"))));
        User.DeliverMany("Sent", Messages, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect();
        IReadOnlyList<PSObject> counts = Succeed(
            """
            $session = Get-ImapSession | Where-Object IsDefault
            1..4 | ForEach-Object -Parallel {
                Import-Module $using:manifest
                foreach ($folder in 'INBOX', 'Sent', 'INBOX') { @(Get-ImapMessage $folder -Session $using:session -Subject '*message*').Count }
            }
            """,
            ("manifest", Repository.Manifest));
        Assert.Equal(Enumerable.Repeat(Messages, 12), counts.Select(count => LanguagePrimitives.ConvertTo<int>(count)));
        Assert.Equal(0, Proxy.Connections);
    }

    [Fact]
    public async Task Messages_piped_into_Parallel_find_their_session()
    {
        User.DeliverMany("INBOX", 40, i => new SeedMessage(Message(Text($"message {i}"))));
        Connect();
        Succeed(
            "Get-ImapMessage | ForEach-Object -ThrottleLimit 4 -Parallel { Import-Module $using:manifest; $_ | Move-ImapMessage Trash }",
            ("manifest", Repository.Manifest));
        Assert.Equal(40, await CountAsync("Trash"));
    }

    [Fact]
    public void Four_sessions_side_by_side()
    {
        User.DeliverMany("INBOX", Messages, i => new SeedMessage(Message(Text($"message {i}"))));
        IReadOnlyList<PSObject> counts = Succeed(
            """
            1..4 | ForEach-Object -Parallel {
                Import-Module $using:manifest
                $session = Connect-Imap localhost -Port $using:proxyPort -Security None -AllowPlaintext -Credential $using:credential
                @(Get-ImapMessage -Subject '*message*').Count
                Disconnect-Imap
            }
            """,
            ("manifest", Repository.Manifest));
        Assert.Equal(Enumerable.Repeat(Messages, 4), counts.Select(count => LanguagePrimitives.ConvertTo<int>(count)));
    }

    [Fact]
    public void Two_listings_of_one_session_in_one_pipeline()
    {
        User.DeliverMany("INBOX", Messages, i => new SeedMessage(Message(Text($"message {i}"))));
        User.Deliver("Sent", Message("sent"));
        Connect();
        Assert.Equal(Messages, Succeed("Get-ImapMessage | ForEach-Object { Get-ImapMessage Sent -Uid 1 }").Count);
    }
}
