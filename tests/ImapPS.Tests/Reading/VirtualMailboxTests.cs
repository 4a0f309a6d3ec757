using ImapPS.Sandbox;

namespace ImapPS.Tests.Reading;

/// <summary>Dovecot's virtual mailboxes show each message once more, under other UIDs, and have no role that tells.</summary>
public sealed class VirtualMailboxTests(MailServer mail) : ModuleTest(mail), IAsyncLifetime
{
    private static readonly DovecotOptions _options = new()
    {
        HasAdministration = false,
        ExtraConfiguration =
        [
            "mail_plugins = virtual",
            "namespace virtual {\n  prefix = Views/\n  separator = /\n  location = virtual:~/views\n}",
        ],
    };

    private DovecotServer? _server;

    private MailUser Owner { get; set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await DovecotServer.StartAsync(_options, Cancellation);
        Owner = _server.CreateUser();
        Owner.DeliverMany("INBOX", 23, i => new SeedMessage(Message(Text($"message {i}"))));
        Owner.DeliverMany("Archive", 2, i => new SeedMessage(Message(Text($"older {i}"))));
        string view = Directory.CreateDirectory(Path.Combine(_server.Directory, "users", Owner.Name, "views", "Everything")).FullName;
        await File.WriteAllTextAsync(Path.Combine(view, "dovecot-virtual"), "INBOX\nArchive\n  all\n", Cancellation);
        foreach (string directory in new[] { Path.GetDirectoryName(view)!, view })
        {
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(directory, (UnixFileMode)511);
        }

        Succeed("$null = Connect-Imap localhost -Port $virtual -Security None -AllowPlaintext -Credential $owner",
            ("virtual", _server.Port), ("owner", CredentialOf(Owner.Name, Owner.Password)));

        // Dovecot fills a view as it is opened, and on a busy machine not at once.
        var clock = System.Diagnostics.Stopwatch.StartNew();
        while (Succeed("Find-ImapDuplicate INBOX, Archive, Views/Everything").Count < 25 && clock.Elapsed < TimeSpan.FromMinutes(1))
        {
            await Task.Yield();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("Find-ImapDuplicate -Digest")]
    [InlineData("Find-ImapDuplicate Views/Everything, INBOX, Archive")]
    [InlineData("Find-ImapDuplicate INBOX, Views/Everything | ConvertTo-Json | ConvertFrom-Json")]
    public async Task What_is_no_copy_is_not_removed(string find)
    {
        int found = Succeed(find).Count;
        Assert.InRange(found, 23, 25);
        AssertError(Run($"{find} | Remove-ImapMessage -Permanent -Force"), "NotACopy");
        Assert.Equal(23, await CountAsync("INBOX", Owner));
        Assert.Equal(2, await CountAsync("Archive", Owner));
        Assert.All(await StateAsync("INBOX", Owner), state => Assert.DoesNotContain("Deleted", state, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_what_goes_to_the_trash_one_goes_and_the_error_says_so()
    {
        string text = AssertError(Run("Find-ImapDuplicate | Remove-ImapMessage"), "NotACopy").ToString();
        Assert.Contains("1 message went to 'Trash'", text, StringComparison.Ordinal);
        Assert.Equal(24, await CountAsync("INBOX", Owner) + await CountAsync("Archive", Owner));
        Assert.Equal(1, await CountAsync("Trash", Owner));
    }
}
