using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Sessions;

/// <summary>A server that stalls in TLS, where the timeout comes within an exception of the stream: it may still be at it.</summary>
public sealed class StalledTlsTests(MailServer mail) : ModuleTest(mail)
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closing = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _closing.CancelAsync();
        _listener.Dispose();
        _closing.Dispose();
        GC.SuppressFinalize(this);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("UID FETCH", "Get-ImapMessage", 0)]
    [InlineData("UID COPY", "Get-ImapMessage | Copy-ImapMessage Trash", 1)]
    public async Task It_is_too_late_and_not_asked_twice(string verb, string script, int unknown)
    {
        User.Deliver("INBOX", Message("hello"));
        using var authority = new ClientAuthority();
        Task serving = ServeAsync(authority.Issue("localhost"));
        Succeed("$null = Connect-Imap localhost -Port $front -Security Tls -SkipCertificateCheck -Credential $credential "
            + "-TimeoutSeconds 1 -RetryDelaySeconds 0 -RetryCount 0", ("front", ((IPEndPoint)_listener.LocalEndpoint).Port));
        Proxy.On(verb, ProxyAction.Stall);
        EngineResult result = await RunAsync(script).WaitAsync(TestContext.Current.CancellationToken);
        string[] ids = [.. result.AllErrors.Select(error => error.FullyQualifiedErrorId.Split(',')[0])];
        Assert.Equal([.. Enumerable.Repeat("OutcomeUnknown", unknown), "Timeout"], ids);
        Assert.Equal(1, Proxy.Count(verb));
        _listener.Stop();
        await serving;
    }

    private async Task ServeAsync(X509Certificate2 certificate)
    {
        _listener.Start();
        try
        {
            while (true) _ = RelayAsync(await _listener.AcceptTcpClientAsync(_closing.Token), certificate);
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task RelayAsync(TcpClient accepted, X509Certificate2 certificate)
    {
        try
        {
            using TcpClient client = accepted;
            using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, _closing.Token);
            using var server = new TcpClient();
            await server.ConnectAsync(IPAddress.Loopback, Proxy.Port, _closing.Token);
            NetworkStream plain = server.GetStream();
            await Task.WhenAny(tls.CopyToAsync(plain, _closing.Token), plain.CopyToAsync(tls, _closing.Token));
        }
        catch (Exception gone) when (gone is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either side has closed.
        }
    }
}
