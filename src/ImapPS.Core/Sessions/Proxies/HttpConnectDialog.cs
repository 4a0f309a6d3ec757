using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;

namespace ImapPS.Sessions;

/// <summary>HTTP CONNECT (RFC 9110, 9.3.6), with a user name and a password where they are given (Basic, RFC 7617).</summary>
internal sealed class HttpConnectDialog(ProxyServer proxy, ServerAddress target) : ProxyDialog(proxy, target)
{
    private const int LongestHead = 16_384;
    private const string Version = "HTTP/1.";
    private const string Challenge = "Proxy-Authenticate:";

    private static readonly Regex _status = new(@"\AHTTP/1\.[01] (?<words>(?<code>[0-9]{3})( .*)?)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <inheritdoc/>
    protected override async Task AskAsync(Stream stream, CancellationToken cancellationToken)
    {
        string where = string.Format(CultureInfo.InvariantCulture, Host.IndexOf(':') < 0 ? "{0}:{1}" : "[{0}]:{1}", Host, Target.Port);
        string request = $"CONNECT {where} HTTP/1.1\r\nHost: {where}\r\n{Authorization(Proxy.Credential)}\r\n";
        await WriteAsync(stream, Encoding.ASCII.GetBytes(request), cancellationToken).ConfigureAwait(false);

        string[] head = (await HeadAsync(stream, cancellationToken).ConfigureAwait(false)).Split('\n');
        Match status = _status.Match(head[0].Trim());
        if (!status.Success) throw Failures.ProxySpeaksOther(Proxy);

        string words = LoginSecrets.Of(Proxy.Credential).Redact(status.Groups["words"].Value);
        switch (int.Parse(status.Groups["code"].Value, CultureInfo.InvariantCulture))
        {
            case >= 200 and < 300:
                return;
            case 401 or 407:
                throw Failures.ProxyCredentialRefused(Proxy, words, Wanted(head));
            case >= 500:
                throw Failures.UnreachableBehind(Proxy, Target, words);
            default:
                throw Failures.ProxyRefuses(Proxy, Target, words);
        }
    }

    private static string Authorization(NetworkCredential? credential)
    {
        if (credential is null) return string.Empty;

        byte[] proof = Encoding.UTF8.GetBytes($"{credential.UserName}:{credential.Password}");
        return $"Proxy-Authorization: Basic {Convert.ToBase64String(proof)}\r\n";
    }

    /// <summary>How the proxy wants to be told who uses it: Basic, NTLM, Negotiate.</summary>
    private static string[] Wanted(IEnumerable<string> head) =>
        [.. head.Where(line => line.StartsWith(Challenge, StringComparison.OrdinalIgnoreCase))
            .Select(line => line.Substring(Challenge.Length).Trim().Split(' ')[0])];

    private async Task<string> HeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new StringBuilder();
        while (head.Length < LongestHead)
        {
            head.Append((char)(await ReadAsync(stream, 1, cancellationToken).ConfigureAwait(false))[0]);

            // What does not begin like this may never end.
            if (head.Length == Version.Length && !head.ToString().Equals(Version, StringComparison.OrdinalIgnoreCase)) break;
            if (head[head.Length - 1] == '\n' && (EndsWith(head, "\n\r\n") || EndsWith(head, "\n\n"))) return head.ToString();
        }

        throw Failures.ProxySpeaksOther(Proxy);
    }

    private static bool EndsWith(StringBuilder text, string end) =>
        text.Length >= end.Length && text.ToString(text.Length - end.Length, end.Length) == end;
}
