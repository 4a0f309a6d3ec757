using System;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;

namespace ImapPS.OAuth;

/// <summary>Waits on loopback for the browser to come back with the answer of the issuer (RFC 8252, 7.3).</summary>
internal sealed class LoopbackListener : IDisposable
{
    private const int Tries = 10;

    private const string Done = "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>ImapPS</title></head>"
        + "<body><p>You can close this window and go back to PowerShell.</p></body></html>";

    private readonly HttpListener _listener;

    private LoopbackListener(HttpListener listener, string address) => (_listener, Address) = (listener, address);

    /// <summary>The address to which the issuer sends the browser back.</summary>
    public string Address { get; }

    public static LoopbackListener Start(string host)
    {
        for (int attempt = 1; ; attempt++)
        {
            string address = $"http://{host}:{FreePort()}/";
            var listener = new HttpListener();
            listener.Prefixes.Add(address);
            try
            {
                listener.Start();
                return new LoopbackListener(listener, address);
            }
            catch (HttpListenerException taken)
            {
                listener.Close();
                if (attempt == Tries) throw Failures.NoLoopback(taken);
            }
        }
    }

    /// <summary>The answer to the request with this state. What others send here is turned away.</summary>
    public async Task<CallbackAnswer> WaitAsync(string state, CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration stop = cancellationToken.Register(_listener.Abort);
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync().ConfigureAwait(false);
                var response = new CallbackAnswer(context.Request.QueryString);
                bool isOurs = context.Request.HttpMethod == "GET" && context.Request.IsLocal && response.State == state;
                Answer(context.Response, isOurs);
                if (isOurs) return response;
            }
        }
        catch (Exception aborted) when (cancellationToken.IsCancellationRequested
            && aborted is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    public void Dispose() => _listener.Close();

    private static void Answer(HttpListenerResponse response, bool isOurs)
    {
        try
        {
            byte[] page = isOurs ? Encoding.UTF8.GetBytes(Done) : [];
            response.StatusCode = (int)(isOurs ? HttpStatusCode.OK : HttpStatusCode.NotFound);
            response.ContentType = "text/html; charset=utf-8";
            response.ContentLength64 = page.Length;
            response.Close(page, willBlock: true);
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            // The browser does not wait for the page.
        }
    }

    private static int FreePort()
    {
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return port;
    }
}
