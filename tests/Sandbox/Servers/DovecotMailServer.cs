using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>Dovecot, as one server among others.</summary>
public sealed class DovecotMailServer : IMailServer
{
    private readonly DovecotServer _server;

    private DovecotMailServer(DovecotServer server, string version)
    {
        _server = server;
        Version = version;
    }

    public string Name => "Dovecot";

    public string Version { get; }

    public int Port => _server.Port;

    public static async Task<DovecotMailServer> StartAsync(CancellationToken cancellationToken = default)
    {
        var program = await DovecotInstallation.FindOrInstallAsync(cancellationToken);
        var version = await Tool.RunAsync(program, ["--version"], cancellationToken);
        return new DovecotMailServer(await DovecotServer.StartAsync(cancellationToken: cancellationToken), version.Split(' ')[0]);
    }

    /// <inheritdoc/>
    public Task<MailLogin> AddUserAsync(CancellationToken cancellationToken = default)
    {
        var user = _server.CreateUser();
        return Task.FromResult(new MailLogin(user.Name, user.Password));
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
