using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using DnsClient;
using DnsClient.Protocol;

namespace ImapPS.Discovery;

/// <summary>Asks DNS for what .NET cannot ask.</summary>
/// <param name="server">The server to ask; null for those of this computer.</param>
internal sealed class DnsResolver(IPEndPoint? server)
{
    /// <summary>More records of a kind are not for people.</summary>
    public const int MostRecords = 20;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(5);

    private readonly Lazy<LookupClient> _client = new(() => Create(server));

    private bool _hasAsked;
    private bool _hasHeard;

    /// <summary>True when the server has said nothing to any question.</summary>
    public bool IsSilent => _hasAsked && !_hasHeard;

    /// <summary>The server, at the start of a sentence.</summary>
    public string Name => DnsTrouble.NameOf(server);

    public Task<DnsAnswer<SrvTarget>> ServicesAsync(string name, CancellationToken cancellationToken) =>
        AskAsync<SrvRecord, SrvTarget>(
            name,
            QueryType.SRV,
            record => new SrvTarget(record.Target.Value, record.Port, record.Priority, record.Weight),
            cancellationToken);

    /// <summary>The hosts that take a domain's mail, the first one first.</summary>
    public async Task<DnsAnswer<string>> MailHostsAsync(string domain, CancellationToken cancellationToken)
    {
        DnsAnswer<(int Preference, string Host)> answer = await AskAsync<MxRecord, (int Preference, string Host)>(
            domain, QueryType.MX, record => (record.Preference, record.Exchange.Value), cancellationToken).ConfigureAwait(false);
        return new DnsAnswer<string>(
            [.. answer.Records.OrderBy(record => record.Preference).Select(record => record.Host)], answer.Failure);
    }

    /// <summary>Whether a host has an address.</summary>
    public async Task<bool> HasAddressAsync(string host, CancellationToken cancellationToken) =>
        (await AskAsync<ARecord, IPAddress>(host, QueryType.A, record => record.Address, cancellationToken).ConfigureAwait(false))
            .Records.Count > 0
        || (await AskAsync<AaaaRecord, IPAddress>(host, QueryType.AAAA, record => record.Address, cancellationToken).ConfigureAwait(false))
            .Records.Count > 0;

    private async Task<DnsAnswer<T>> AskAsync<TRecord, T>(
        string name, QueryType type, Func<TRecord, T> read, CancellationToken cancellationToken)
        where TRecord : DnsResourceRecord
    {
        _hasAsked = true;
        try
        {
            IDnsQueryResponse response = await _client.Value.QueryAsync(name + ".", type, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            IEnumerable<TRecord> records = response.Answers.OfType<TRecord>();
            return Told<T>([.. records.Take(MostRecords).Select(read)], DnsTrouble.Of(response.Header.ResponseCode));
        }
        catch (Exception failed) when (DnsTrouble.Of(failed) is var trouble)
        {
            // DnsClient calls it a failure, too, when it is told to stop. What it throws goes no further than here.
            cancellationToken.ThrowIfCancellationRequested();
            return Told<T>([], trouble);
        }
    }

    private DnsAnswer<T> Told<T>(IReadOnlyList<T> records, string? trouble)
    {
        if (trouble != DnsTrouble.Late) _hasHeard = true;
        return new DnsAnswer<T>(records, trouble is null ? null : $"{Name} {trouble}");
    }

    private static LookupClient Create(IPEndPoint? server)
    {
        LookupClientOptions options = server is null ? new LookupClientOptions() : new LookupClientOptions(server);
        options.Timeout = _patience;
        options.Retries = 1;
        options.UseCache = false;
        options.ThrowDnsErrors = false;
        return new LookupClient(options);
    }
}
