using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Sessions;

namespace ImapPS.Discovery;

/// <summary>
/// Finds the IMAP server of a mailbox. The table of known providers is asked first, then the domain's SRV records, then its own
/// configuration file; only if none of them names a server, who takes the domain's mail, and the usual names.
/// </summary>
/// <param name="dnsServer">The DNS server to ask; null for those of this computer.</param>
/// <param name="createHandler">Makes what speaks HTTP.</param>
/// <param name="tell">Told of each step.</param>
internal sealed class ServerDiscovery(IPEndPoint? dnsServer, Func<HttpMessageHandler> createHandler, Action<string> tell)
{
    /// <summary>How long one of several servers may take to accept a connection.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private static readonly string[] _usualNames = ["imap", "mail"];

    // On .NET Framework, generators of threads that begin together have one seed, the time.
    private static readonly ThreadLocal<Random> _random = new(() => new Random(Guid.NewGuid().GetHashCode()));

    /// <summary>The DNS server that said nothing until the time was over.</summary>
    private string? _silent;

    /// <summary>All servers, in the order in which they are tried.</summary>
    public Task<IReadOnlyList<ImapServer>> FindAllAsync(MailboxAddress mailbox, int seconds, CancellationToken cancellationToken) =>
        WithinAsync(mailbox, seconds, limited => FindAsync(mailbox, stopsEarly: false, limited), cancellationToken);

    /// <summary>The server to connect to: the first that is trusted and can be reached.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="dial">Opens a connection that is closed at once. It is not asked when there is one server alone.</param>
    /// <param name="seconds">How long all of it may take.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<ImapServer> ChooseAsync(
        MailboxAddress mailbox,
        Func<ServerAddress, CancellationToken, Task<IDisposable>> dial,
        int seconds,
        CancellationToken cancellationToken) =>
        WithinAsync(
            mailbox,
            seconds,
            async limited =>
            {
                IReadOnlyList<ImapServer> found = await FindAsync(mailbox, stopsEarly: true, limited).ConfigureAwait(false);
                ImapServer[] trusted = [.. found.Where(server => server.IsTrusted)];
                if (trusted.Length == 0) throw Failures.ServerNotTrusted(found[0], mailbox.Domain);

                ImapServer chosen = trusted.Length == 1 ? trusted[0] : await ReachableAsync(trusted, dial, limited).ConfigureAwait(false);
                tell($"The server of '{mailbox.Text}' is {chosen} ({chosen.Source}), with {chosen.Security}.");
                return chosen;
            },
            cancellationToken);

    private Task<IReadOnlyList<ImapServer>> FindAsync(MailboxAddress mailbox, bool stopsEarly, CancellationToken cancellationToken) =>
        KnownProviders.OfDomain(mailbox.Domain) is { } provider
            ? Task.FromResult<IReadOnlyList<ImapServer>>([provider.For(mailbox, ImapServerSource.KnownProvider)])
            : AskAsync(mailbox, stopsEarly, cancellationToken);

    /// <summary>Asks DNS and the domain. In a method of its own, so that DnsClient is loaded for those alone who need it.</summary>
    private async Task<IReadOnlyList<ImapServer>> AskAsync(MailboxAddress mailbox, bool stopsEarly, CancellationToken cancellationToken)
    {
        var dns = new DnsResolver(dnsServer);
        try
        {
            return await AskAsync(dns, mailbox, stopsEarly, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (dns.IsSilent)
        {
            _silent = dns.Name;
            throw;
        }
    }

    private async Task<IReadOnlyList<ImapServer>> AskAsync(
        DnsResolver dns, MailboxAddress mailbox, bool stopsEarly, CancellationToken cancellationToken)
    {
        var records = new ServiceRecords(dns, most => _random.Value!.Next(most + 1), tell);
        List<ImapServer> found = [.. await records.FindAsync(mailbox, cancellationToken).ConfigureAwait(false)];
        if (records.IsDenied) throw Failures.DomainDenies(mailbox.Text, mailbox.Domain);
        if (stopsEarly && found.Exists(server => server.IsTrusted)) return found;

        found.AddRange(await new AutoconfigSource(createHandler, tell).FindAsync(mailbox, cancellationToken).ConfigureAwait(false));
        if (found.Count == 0 && await HostedAsync(dns, mailbox, cancellationToken).ConfigureAwait(false) is { } hosted) found.Add(hosted);
        if (found.Count == 0 && !dns.IsSilent) found.AddRange(await GuessAsync(dns, mailbox, cancellationToken).ConfigureAwait(false));
        return found.Count > 0 ? found
            : throw Failures.ServerNotFound(mailbox.Text, mailbox.Domain, records.Failure);
    }

    /// <summary>The provider that hosts the domain: whoever takes its mail.</summary>
    private async Task<ImapServer?> HostedAsync(DnsResolver dns, MailboxAddress mailbox, CancellationToken cancellationToken)
    {
        DnsAnswer<string> hosts = await dns.MailHostsAsync(mailbox.Domain, cancellationToken).ConfigureAwait(false);
        string? first = hosts.Records.Select(HostName.Of).FirstOrDefault(host => host is not null);
        tell(first is null ? $"DNS names no host for the mail of {mailbox.Domain}." : $"The mail of {mailbox.Domain} goes to {first}.");
        return first is null ? null : KnownProviders.OfMailHost(first)?.For(mailbox, ImapServerSource.Mx);
    }

    private async Task<IReadOnlyList<ImapServer>> GuessAsync(
        DnsResolver dns, MailboxAddress mailbox, CancellationToken cancellationToken)
    {
        var found = new List<ImapServer>();
        foreach (string host in _usualNames.Select(name => $"{name}.{mailbox.Domain}"))
        {
            bool exists = await dns.HasAddressAsync(host, cancellationToken).ConfigureAwait(false);
            tell($"DNS {(exists ? "has" : "has no")} address for {host}.");
            if (exists)
            {
                found.Add(new ImapServer(mailbox.Text, host, ServerAddress.TlsPort, ImapSecurity.Tls, ImapServerSource.Guess)
                {
                    Note = "Nothing names this server. It has one of the usual names.",
                });
            }
        }

        return found;
    }

    /// <summary>The first server that takes a connection. If none does, the first one, whose error is then told.</summary>
    private async Task<ImapServer> ReachableAsync(
        ImapServer[] servers, Func<ServerAddress, CancellationToken, Task<IDisposable>> dial, CancellationToken cancellationToken)
    {
        foreach (ImapServer server in servers)
        {
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                limit.CancelAfter(_patience);
                using (await dial(server.ToAddress(), limit.Token).ConfigureAwait(false)) return server;
            }
            catch (Exception failed) when (failed is ImapException
                || (failed is OperationCanceledException && !cancellationToken.IsCancellationRequested))
            {
                tell($"{server} cannot be reached: {failed.Message}");
            }
        }

        return servers[0];
    }

    private async Task<T> WithinAsync<T>(
        MailboxAddress mailbox, int seconds, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(seconds));
        try
        {
            return await work(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (!cancellationToken.IsCancellationRequested)
        {
            throw _silent is null ? Failures.Timeout(mailbox.Domain, seconds, late)
                : Failures.DnsSilent(_silent, mailbox.Text, mailbox.Domain, seconds, late);
        }
    }
}
