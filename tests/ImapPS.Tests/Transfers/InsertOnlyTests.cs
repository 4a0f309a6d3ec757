using ImapPS.Sandbox;

namespace ImapPS.Tests.Transfers;

/// <summary>A folder that takes messages and lets nobody look (RFC 4314: l and i without r). What is confirmed has arrived.</summary>
public sealed class InsertOnlyTests(MailServer mail) : ModuleTest(mail), IAsyncLifetime
{
    private static readonly DovecotOptions _options = new()
    {
        HasAdministration = false,
        ExtraConfiguration = ["mail_plugins = acl", "protocol imap {\n  mail_plugins = acl imap_acl\n}", "plugin {\n  acl = vfile\n}"],
    };

    private DovecotServer? _server;
    private FaultProxy? _way;

    private MailUser Owner { get; set; } = null!;

    private FaultProxy Way => _way!;

    private string Box => Path.Combine(_server!.Directory, "users", Owner.Name, "Maildir", "Box");

    public async ValueTask InitializeAsync()
    {
        _server = await DovecotServer.StartAsync(_options, Cancellation);
        Owner = _server.CreateUser();
        Owner.DeliverMany("INBOX", 3, i => new SeedMessage(Message(Text($"message {i}"))));
        Owner.CreateFolder("Box");
        await File.WriteAllTextAsync(Path.Combine(Box, "dovecot-acl"), "owner li\n", Cancellation);
        _way = FaultProxy.Start(_server);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_way is not null) await _way.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("", "Get-ImapMessage | Copy-ImapMessage Box", 3, 3)]
    [InlineData("", "Get-ImapMessage | Move-ImapMessage Box", 0, 3)]
    [InlineData("UIDPLUS", "Get-ImapMessage | Copy-ImapMessage Box", 3, 3)]
    [InlineData("UIDPLUS", "Get-ImapMessage | Move-ImapMessage Box", 0, 3)]
    [InlineData("", "Import-ImapMessage Box -Content (1..3 | ForEach-Object { \"Subject: $_`r`n`r`nx\" })", 3, 3)]
    [InlineData("UIDPLUS MULTIAPPEND", "Import-ImapMessage Box -Content (1..3 | ForEach-Object { \"Subject: $_`r`n`r`nx\" })", 3, 3)]
    [InlineData("", "Get-ImapMessage | Copy-ImapMessage Box -ToSession $again", 3, 3)]
    public async Task What_the_server_confirms_has_arrived(string hidden, string command, int left, int arrived)
    {
        Way.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Open("$again");
        Open("$null");
        Succeed(command);
        Succeed("$again | Disconnect-Imap");
        Assert.Equal(left, await CountAsync("INBOX", Owner));
        Assert.Equal(arrived, Directory.GetFiles(Box, "*", SearchOption.AllDirectories).Count(IsMessage));
    }

    [Fact]
    public async Task An_original_stays_whose_copy_is_neither_seen_nor_named()
    {
        Way.HideCapability("MOVE");
        Open("$null");
        string text = AssertError(Run("Get-ImapMessage | Move-ImapMessage Box"), "PermissionDenied").ToString();
        Assert.Contains("3 messages of 'INBOX' arrived in 'Box'", text, StringComparison.Ordinal);
        Assert.Equal(3, await CountAsync("INBOX", Owner));
    }

    [Theory]
    [InlineData("UID COPY", "Get-ImapMessage | Copy-ImapMessage Box")]
    [InlineData("UID MOVE", "Get-ImapMessage | Move-ImapMessage Box")]
    [InlineData("APPEND", "Import-ImapMessage Box -Content (1..3 | ForEach-Object { \"Subject: $_`r`n`r`nx\" })")]
    public void What_a_cut_leaves_unknown_is_not_sent_again(string verb, string command)
    {
        Open("$null");
        Way.On(verb, ProxyAction.CutAfterExecution);
        string[] ids = [.. Run(command).AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];
        Assert.Equal(3, ids.Count(id => id == "OutcomeUnknown"));
        Assert.Equal(1, Way.Count(verb));
    }

    [Fact]
    public void A_folder_that_was_made_is_emitted_though_it_may_not_be_looked_into()
    {
        Open("$null");
        Way.On("STATUS", ProxyAction.Reply("{tag} NO [NOPERM] Permission denied"));
        Assert.Equal("New", Property<string>(Assert.Single(Succeed("New-ImapFolder New")), "Path"));
    }

    private static bool IsMessage(string file) => Path.GetFileName(Path.GetDirectoryName(file)) is "new" or "cur";

    private void Open(string variable) => Succeed(
        $"{variable} = Connect-Imap localhost -Port $way -Security None -AllowPlaintext -Credential $owner -RetryDelaySeconds 0",
        ("way", Way.Port), ("owner", CredentialOf(Owner.Name, Owner.Password)));
}
