using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Models;

namespace ImapPS.Discovery;

/// <summary>
/// The servers that a domain names in DNS (RFC 6186): those with TLS from the first byte before those with STARTTLS (RFC 8314).
/// </summary>
/// <param name="dns">Is asked.</param>
/// <param name="draw">Draws a number from 0 to the given one, for the weights.</param>
/// <param name="tell">Told what DNS says.</param>
internal sealed class ServiceRecords(DnsResolver dns, Func<int, int> draw, Action<string> tell)
{
    /// <summary>What stands for "not offered" (RFC 2782).</summary>
    private const string Nowhere = ".";

    /// <summary>Why DNS could not be asked; null when it could.</summary>
    public string? Failure { get; private set; }

    /// <summary>True when the domain says that it has no IMAP server (RFC 6186, 3.4).</summary>
    public bool IsDenied { get; private set; }

    public async Task<IReadOnlyList<ImapServer>> FindAsync(MailboxAddress mailbox, CancellationToken cancellationToken)
    {
        Task<DnsAnswer<SrvTarget>> tls = dns.ServicesAsync($"_imaps._tcp.{mailbox.Domain}", cancellationToken);
        Task<DnsAnswer<SrvTarget>> startTls = dns.ServicesAsync($"_imap._tcp.{mailbox.Domain}", cancellationToken);
        DnsAnswer<SrvTarget>[] answers = await Task.WhenAll(tls, startTls).ConfigureAwait(false);

        ImapServer[] servers =
        [
            .. Read(answers[0], "_imaps._tcp", mailbox, ImapSecurity.Tls),
            .. Read(answers[1], "_imap._tcp", mailbox, ImapSecurity.StartTls),
        ];
        Failure = answers[0].Failure ?? answers[1].Failure;
        IsDenied = servers.Length == 0 && answers.Any(answer => answer.Records.Any(record => record.Target == Nowhere));
        return servers;
    }

    /// <summary>
    /// The order in which to try: by priority, and in a priority by chance, in which the weights count (RFC 2782, usage rules).
    /// </summary>
    public static IReadOnlyList<SrvTarget> InOrder(IEnumerable<SrvTarget> records, Func<int, int> draw)
    {
        var order = new List<SrvTarget>();
        foreach (IGrouping<int, SrvTarget> equals in records.GroupBy(record => record.Priority).OrderBy(equals => equals.Key))
        {
            // Those without weight first, so that they have a small chance beside the others.
            List<SrvTarget> rest = [.. equals.OrderBy(record => record.Weight)];
            while (rest.Count > 0)
            {
                int drawn = draw(rest.Sum(record => record.Weight));
                int sum = 0;
                SrvTarget next = rest.First(record => (sum += record.Weight) >= drawn);
                rest.Remove(next);
                order.Add(next);
            }
        }

        return order;
    }

    private List<ImapServer> Read(DnsAnswer<SrvTarget> answer, string service, MailboxAddress mailbox, ImapSecurity security)
    {
        var servers = new List<ImapServer>();
        tell(answer.Failure is { } failure
            ? $"DNS says nothing of {service}.{mailbox.Domain}. {failure}"
            : $"DNS has {DisplayText.Count(answer.Records.Count, "record")} for {service}.{mailbox.Domain}.");
        foreach (SrvTarget record in InOrder(answer.Records, draw))
        {
            if (record.Target == Nowhere) tell($"{service}.{mailbox.Domain} says that this service is not offered.");
            else if (HostName.Of(record.Target) is { } host && record.Port > 0) servers.Add(Server(mailbox, host, record.Port, security));
            else tell($"The record for {service}.{mailbox.Domain} is ignored: it names no host or no port.");
        }

        return servers;
    }

    private static ImapServer Server(MailboxAddress mailbox, string host, int port, ImapSecurity security)
    {
        KnownProvider? provider = KnownProviders.OfServer(host, port);
        bool isTrusted = provider is not null || HostName.IsWithin(host, mailbox.Domain);
        return new ImapServer(mailbox.Text, host, port, security, ImapServerSource.Srv)
        {
            Provider = provider?.Name ?? string.Empty,
            Login = provider?.Login ?? ImapServerLogin.Unknown,
            IsTrusted = isTrusted,
            Note = provider?.Note ?? (isTrusted ? string.Empty
                : $"The server is outside of {mailbox.Domain}, and only DNS names it. If you know that it is right, name it yourself."),
        };
    }
}
