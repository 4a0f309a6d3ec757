using ImapPS.Sandbox;

namespace ImapPS.Tests.Watching;

/// <summary>Several folders at a time on a server that tells of them by itself: Dovecot does so with its list index.</summary>
public sealed class NotifyTests(MailServer mail) : WatchTest(mail)
{
    private static readonly string[] _folders = ["Sent", "Drafts", "INBOX"];

    [Fact]
    public async Task The_server_tells_of_other_folders()
    {
        await using NotifyingMailbox there = await NotifyingMailbox.StartAsync(Cancellation);
        foreach (string folder in _folders) await there.AppendAsync("old", folder);
        Succeed(NotifyingMailbox.Connect, ("there", there.Credential), ("port", there.Proxy.Port));
        await WatchThereAsync(there);
        int asked = there.Proxy.Count("STATUS");

        await there.AppendAsync("new", "Sent");
        Assert.Equal("Arrived Sent/2 new", await NextAsync());
        await there.RunAsync("SELECT Drafts", "UID STORE 1 +FLAGS (\\Seen)");
        Assert.Equal("FlagsChanged Drafts/1 Seen", await NextAsync());
        await there.AppendAsync("new", "INBOX");
        Assert.Equal("Arrived 2 new", await NextAsync());
        await there.RunAsync("SELECT Sent", "UID STORE 1 +FLAGS (\\Deleted)");
        Assert.Equal("FlagsChanged Sent/1 Deleted", await NextAsync());
        await there.RunAsync("SELECT Sent", "EXPUNGE");
        Assert.Equal("Expunged Sent/1", await NextAsync());

        // Two questions for each that was looked into: whether it is worth it, and whether anything happened before it was closed.
        Assert.Equal(1, there.Proxy.Count("NOTIFY"));
        Assert.InRange(there.Proxy.Count("STATUS") - asked, 4, 16);

        // The gap is looked into, whatever the server told of it.
        there.Proxy.RefuseConnections = true;
        there.Proxy.CutAfterBytesToClient(1);
        await there.AppendAsync("gap", "INBOX");
        await there.AppendAsync("gap", "Sent");
        await there.RunAsync("SELECT Drafts", "UID STORE 1 -FLAGS (\\Seen)");
        there.Proxy.RefuseConnections = false;
        Assert.Equal(["Arrived 3 gap", "Arrived Sent/3 gap", "FlagsChanged Drafts/1 None"],
            (await NextAsync(3)).Order(StringComparer.Ordinal));
        Assert.InRange(there.Proxy.Count("NOTIFY"), 2, 3);

        await there.AppendAsync("the end", "Drafts");
        Assert.Equal("Arrived Drafts/2 the end", await NextAsync());
        await Engine.StopAsync();
        Assert.True((await Watch!).Stopped);
    }

    [Fact]
    public async Task A_folder_that_is_gone_is_said_and_the_others_go_on()
    {
        await using NotifyingMailbox there = await NotifyingMailbox.StartAsync(Cancellation);
        await there.RunAsync("CREATE Gone");
        Succeed(NotifyingMailbox.Connect, ("there", there.Credential), ("port", there.Proxy.Port));
        Task listens = there.Proxy.WaitForAsync(proxy => proxy.Count("IDLE") > 0, Cancellation);
        await WatchAsync("Gone, Sent, INBOX -PollSeconds 3600", listens);
        there.Proxy.RefuseConnections = true;
        there.Proxy.CutAfterBytesToClient(1);
        await there.RunAsync("DELETE Gone");
        await there.AppendAsync("gap", "Sent");
        there.Proxy.RefuseConnections = false;
        Assert.Equal("Arrived Sent/1 gap", await NextAsync());
        await there.AppendAsync("new", "Sent");
        Assert.Equal("Arrived Sent/2 new", await NextAsync());
        await Engine.StopAsync();
        Assert.Equal(["FolderNotFound,ImapPS.Commands.WatchImapFolderCommand"],
            (await Watch!).AllErrors.Select(error => error.FullyQualifiedErrorId));
    }

    [Fact]
    public async Task A_server_that_refuses_NOTIFY_is_asked()
    {
        Proxy.ShowCapability("NOTIFY");
        Proxy.On("NOTIFY", ProxyAction.Reply("{tag} NO [NOTIFICATIONOVERFLOW] too much"), times: int.MaxValue);
        Connect();
        await WatchAsync("Sent, INBOX -PollSeconds 1");
        await AppendAsync("new", "Sent");
        Assert.Equal("Arrived Sent/1 new", await NextAsync());
        await EndAsync();
    }

    private async Task WatchThereAsync(NotifyingMailbox there)
    {
        Task listens = there.Proxy.WaitForAsync(proxy => proxy.Count("IDLE") > 0, Cancellation);
        await WatchAsync("Sent, Drafts, INBOX -PollSeconds 3600", listens);
    }
}

/// <summary>A mailbox on a Dovecot that knows NOTIFY, behind a proxy.</summary>
internal sealed class NotifyingMailbox(DovecotServer dovecot, MailUser user, FaultProxy proxy, CancellationToken cancellationToken)
    : IAsyncDisposable
{
    public FaultProxy Proxy => proxy;

    public System.Management.Automation.PSCredential Credential => SandboxAccess.For(user).Credential;

    public static string Connect =>
        "$null = Connect-Imap localhost -Port $port -Security None -AllowPlaintext -Credential $there -RetryDelaySeconds 0.05";

    public static async Task<NotifyingMailbox> StartAsync(CancellationToken cancellationToken)
    {
        DovecotServer dovecot =
            await DovecotServer.StartAsync(new DovecotOptions { ExtraConfiguration = ["mailbox_list_index = yes"] }, cancellationToken);
        return new NotifyingMailbox(dovecot, dovecot.CreateUser(), FaultProxy.Start(dovecot), cancellationToken);
    }

    public async Task AppendAsync(string subject, string folder)
    {
        await using RawImapClient client = await user.ConnectAsync(cancellationToken);
        await client.AppendAsync(folder, System.Text.Encoding.UTF8.GetBytes($"From: a@example.org\r\nSubject: {subject}\r\n\r\nHello.\r\n"),
            cancellationToken: cancellationToken);
    }

    public async Task RunAsync(params string[] commands)
    {
        await using RawImapClient client = await user.ConnectAsync(cancellationToken);
        foreach (string command in commands) (await client.CommandAsync(command, cancellationToken)).EnsureOk(command);
    }

    public async ValueTask DisposeAsync()
    {
        await proxy.DisposeAsync();
        await dovecot.DisposeAsync();
    }
}
