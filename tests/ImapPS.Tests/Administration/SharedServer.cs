using ImapPS.Sandbox;

namespace ImapPS.Tests.Administration;

/// <summary>A Dovecot on which users share folders, beside folders that belong to nobody.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private DovecotServer? _server;

    public DovecotServer Dovecot => _server ?? throw new InvalidOperationException("Dovecot has not been started.");

    public async ValueTask InitializeAsync() =>
        _server = await DovecotServer.StartAsync(
            new DovecotOptions
            {
                ExtraConfiguration =
                [
                    """
                    namespace others {
                      type = shared
                      separator = /
                      prefix = shared/%%u/
                      location = maildir:%%h/Maildir:LAYOUT=fs
                      subscriptions = no
                      list = children
                    }
                    namespace public {
                      type = public
                      separator = /
                      prefix = Public/
                      location = maildir:%h/../public/Maildir:LAYOUT=fs
                      subscriptions = no
                    }
                    plugin {
                      acl_shared_dict = file:%h/../shared-mailboxes
                      quota2 = count:Public quota:ns=Public/
                      quota2_rule = *:storage=1M
                    }
                    """,
                ],
            },
            TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}
