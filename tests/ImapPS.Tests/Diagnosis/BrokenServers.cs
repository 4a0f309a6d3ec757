using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ImapPS.Sandbox;
using ImapPS.Tests.Sessions;

namespace ImapPS.Tests.Diagnosis;

/// <summary>Servers that are broken in one way each, by name.</summary>
internal sealed class BrokenServers : IAsyncDisposable
{
    private readonly Stack<IAsyncDisposable> _open = new();
    private readonly Authority _root = Authority.SelfSigned();

    private static DateTimeOffset Now => DateTimeOffset.UtcNow;

    /// <summary>Starts a server, and returns how it is tested.</summary>
    public string Start(string name) => name switch
    {
        "expired certificate" => Tls(_root.Issue(change: wishes => wishes.Until = Now.AddDays(-1))),
        "certificate of the future" => Tls(_root.Issue(change: wishes => wishes.From = Now.AddDays(1))),
        "certificate of another host" => Tls(_root.Issue(change: wishes => wishes.Host = "other.example.org")),
        "self-signed certificate" => Tls(Own("localhost")),
        "unknown authority" => Tls(_root.Issue()),
        "incomplete chain" => Tls(_root.Intermediate().Issue()),
        "authority that has expired" => Tls(Below(_root.Intermediate(change: wishes => wishes.Until = Now.AddDays(-1)))),
        "weak key" => Tls(_root.Issue(change: wishes => wishes.RsaBits = 512)),
#pragma warning disable CA5397, CS0618, SYSLIB0039 // What is old is what is tested.
        "TLS 1.1 only" => Tls(_root.Issue(), protocols: SslProtocols.Tls11),
#pragma warning restore CA5397, CS0618, SYSLIB0039
        "TLS on the port for STARTTLS" => Tls(_root.Issue(), security: "StartTls"),
        "no TLS on the port for TLS" => Plain("Tls", _ => { }),
        "STARTTLS missing" => Plain("StartTls", _ => { }),
        "STARTTLS refused with NO" => StartTls("NO TLS is out of order"),
        "STARTTLS refused with BAD" => StartTls("BAD what is that"),
        "STARTTLS that lies" => Liar(),
        "STARTTLS that goes silent" => StartTls("OK begin", stalls: true),
        "unknown host" => "no-such-host.invalid",
        "no route" => "255.255.255.255 -Port 993",
        "black hole" => Other(null),
        "black hole with TLS" => Other(null, inTls: true),
        "closed port" => $"127.0.0.1 -Port {ClosedPort()}",
        "BYE at the greeting" => Plain("None", server => server.Greet(ScriptedReply.Bye("go away"))),
        "too many connections" => Plain("None", server => server.Greet(ScriptedReply.Bye("[UNAVAILABLE] Too many connections"))),
        "closes at once" => Plain("None", server => server.Greet(ScriptedReply.Cut)),
        "wrong password" => Plain("None", server => server.On("LOGIN", "NO [AUTHENTICATIONFAILED] Wrong")),
        "busy login" => Plain("None", server => server.On("LOGIN", "NO [UNAVAILABLE] Try again later")),
        "login that closes" => Plain("None", server => server.On("LOGIN", ScriptedReply.Cut)),
        "login that goes silent" => Plain("None", server => server.On("LOGIN", ScriptedReply.Stall)),
        "LOGINDISABLED" => Plain("None", server => server.Capabilities = "IMAP4rev1 LOGINDISABLED"),
        "no INBOX" => Plain("None", server => server.On("EXAMINE", "NO [SERVERBUG] the disk is gone")),
        "cut in the INBOX" => Plain("None", server => server.On("EXAMINE", ScriptedReply.Cut)),
        "NOOP that goes silent" => Plain("None", server => server.On("NOOP", ScriptedReply.Stall)),
        "HTTP" => Other(null, "HTTP/1.1 400 Bad Request", security: "StartTls"),
        "HTTPS" => Other(null, "HTTP/1.1 400 Bad Request", inTls: true),
        "SMTP" => Other("220 mail.example.org ESMTP", security: "StartTls"),
        "POP3" => Other("+OK POP3 ready", inTls: true),
        "SSH" => Other("SSH-2.0-OpenSSH_9.9"),
        "garbage" => Other("\u0001\u0002 %%% \u001b[31m", security: "None"),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, message: null),
    };

    public async ValueTask DisposeAsync()
    {
        while (_open.TryPop(out IAsyncDisposable? server)) await server.DisposeAsync();
        _root.Dispose();
    }

    private static Authority Own(string host) => Authority.SelfSigned(host, wishes => (wishes.IsAuthority, wishes.Host) = (false, host));

    private static (Authority Server, X509Certificate2[] Sent) Below(Authority authority) => (authority.Issue(), [authority.Certificate]);

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private string Tls(Authority server, SslProtocols protocols = SslProtocols.None, string security = "Tls") =>
        Tls((server, []), protocols, security);

    private string Tls((Authority Server, X509Certificate2[] Sent) shown, SslProtocols protocols = SslProtocols.None,
        string security = "Tls")
    {
        ScriptedServer server = Keep(ScriptedServer.Start());
        LoopbackServer front = Keep(TlsFront.Start(server.Port, shown.Server.Certificate, shown.Sent, protocols));
        return $"localhost -Port {front.Port} -Security {security}";
    }

    private string Plain(string security, Action<ScriptedServer> script)
    {
        ScriptedServer server = Keep(ScriptedServer.Start());
        script(server);
        return $"127.0.0.1 -Port {server.Port} -Security {security} -AllowPlaintext";
    }

    private string StartTls(ScriptedReply reply, bool stalls = false) => Plain("StartTls", server =>
    {
        server.Capabilities = "IMAP4rev1 STARTTLS";
        server.On("STARTTLS", reply);
        if (stalls) server.On(command => command.Verb != "STARTTLS", ScriptedReply.Stall);
    });

    /// <summary>Agrees to STARTTLS, and goes on in clear.</summary>
    private string Liar()
    {
        LoopbackServer server = Keep(LoopbackServer.Start(async (stream, closing) =>
        {
            byte[] heard = new byte[4096];
            await stream.WriteAsync("* OK [CAPABILITY IMAP4rev1 STARTTLS] ready\r\n"u8.ToArray(), closing);
            int count = await stream.ReadAsync(heard, closing);
            string tag = Encoding.ASCII.GetString(heard, 0, count).Split(' ')[0];
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{tag} OK begin TLS\r\n"), closing);
            if (await stream.ReadAsync(heard, closing) > 0) await stream.WriteAsync("* BAD what is that?\r\n"u8.ToArray(), closing);
            while (await stream.ReadAsync(heard, closing) > 0)
            {
                // Until the client has had enough.
            }
        }));
        return $"127.0.0.1 -Port {server.Port} -Security StartTls";
    }

    private string Other(string? greeting, string? answer = null, bool inTls = false, string security = "Tls")
    {
        OtherProtocol server = Keep(OtherProtocol.Start(greeting, answer, inTls));
        return $"localhost -Port {server.Port} -Security {security} {(inTls ? "-SkipCertificateCheck" : string.Empty)}";
    }

    private T Keep<T>(T server)
        where T : IAsyncDisposable
    {
        _open.Push(server);
        return server;
    }
}
