using System;
using System.Collections.Concurrent;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>Stands in for Courier's authdaemond: answers on its socket who may log in, and where their mail is.</summary>
internal sealed class CourierAuthenticator : IAsyncDisposable
{
    /// <summary>Where Courier looks for it, below its root.</summary>
    public const string SocketPath = "run/courier/authdaemon/socket";

    private const int LongestRequest = 4096;

    private readonly ConcurrentDictionary<string, string> _passwords = new(StringComparer.Ordinal);
    private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly CancellationTokenSource _closing = new();
    private readonly MailAccount _account;
    private readonly Task _accepting;

    private CourierAuthenticator(string path, MailAccount account)
    {
        _account = account;
        _listener.Bind(new UnixDomainSocketEndPoint(path));
        _listener.Listen();
        _accepting = AcceptAsync();
    }

    public static CourierAuthenticator Start(string path, MailAccount account) => new(path, account);

    public void Add(MailLogin user) => _passwords[user.Name] = user.Password;

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptAsync(_closing.Token);
                await TryAnswerAsync(client);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The server has been stopped.
        }
    }

    private async Task TryAnswerAsync(Socket client)
    {
        try
        {
            await AnswerAsync(client);
        }
        catch (IOException)
        {
            // Whoever asked is gone.
        }
    }

    // "AUTH <length>", and the service, "login", the user and the password on lines of their own.
    private async Task AnswerAsync(Socket client)
    {
        await using var stream = new NetworkStream(client);
        var request = new byte[LongestRequest];
        var text = "";
        string[] lines;
        do
        {
            var count = await stream.ReadAsync(request, _closing.Token);
            if (count == 0) return;
            text += Encoding.UTF8.GetString(request, 0, count);
            lines = [.. text.Split('\n').SkipWhile(line => !line.StartsWith("AUTH ", StringComparison.Ordinal))];
        }
        while (lines.Length < 6);

        var isKnown = lines[2] is "login" && _passwords.TryGetValue(lines[3], out var password) && password == lines[4];
        await stream.WriteAsync(Encoding.UTF8.GetBytes(isKnown ? Account(lines[3]) : "FAIL\n"), _closing.Token);
    }

    private string Account(string user) => FormattableString.Invariant(
        $"UID={_account.Uid}\nGID={_account.Gid}\nHOME=/users/{user}\nADDRESS={user}\nMAILDIR=/users/{user}/Maildir\n.\n");
}
