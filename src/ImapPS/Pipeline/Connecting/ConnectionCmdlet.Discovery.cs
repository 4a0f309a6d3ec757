using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Discovery;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;
using ImapPS.Transfers;

namespace ImapPS.Pipeline.Connecting;

/// <content>Which server a mailbox has.</content>
public abstract partial class ConnectionCmdlet
{
    /// <summary>
    /// Specifies the DNS server that is asked for the server of a mailbox: its IP address, with a port if it is not 53. The default is the
    /// DNS server of this computer. The host name of the server that is found is always resolved by this computer.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? DnsServer { get; set; }

    /// <summary>Where to connect to. For the address of a mailbox, the server is looked for first.</summary>
    private protected ServerAddress Address()
    {
        string server = Server.Length > 0 ? Server : ProviderServer ?? throw Failures.ServerMissing(OAuth!);
        if (!MailboxAddress.TryParse(server, out MailboxAddress? mailbox)) return ServerAddress.Parse(server, Port, Security);
        if (ProviderServer is { } known) return ServerAddress.Parse(known, Port, Security) with { UserName = mailbox.Text };

        if (Port is not null) throw Failures.FoundByItself(nameof(Port), mailbox.Text);
        if (Security != ImapSecurity.Auto) throw Failures.FoundByItself(nameof(Security), mailbox.Text);

        // What goes wrong is thrown to the caller, for whom it need not be an error.
        ServerAddress? found = null;
        ImapException? unfound = null;
        Run(async (writer, stop) =>
        {
            try
            {
                found = await FindAsync(mailbox, writer, stop).ConfigureAwait(false);
            }
            catch (ImapException failed)
            {
                unfound = failed;
            }
        });
        return found ?? throw unfound!;
    }

    /// <summary>Looks for the server of a mailbox.</summary>
    private protected async Task<ServerAddress> FindAsync(
        MailboxAddress mailbox, PipelineWriter writer, CancellationToken cancellationToken)
    {
        ImapServer server = await Discovery(DnsServer, writer).ChooseAsync(
            mailbox,
            async (address, limited) =>
                await Dialer.DialAsync(address, CheckedRoute(address), writer.Verbose, limited).ConfigureAwait(false),
            TimeoutSeconds,
            cancellationToken).ConfigureAwait(false);
        return server.ToAddress();
    }

    /// <summary>What looks for servers, and tells what it does.</summary>
    internal static ServerDiscovery Discovery(string? dnsServer, PipelineWriter writer) =>
        new(DnsServerAddress.Parse(dnsServer), WebAccess.CreateHandler, writer.Verbose);

    /// <summary>Says what a known provider wants, before a password is asked for.</summary>
    private static void Advise(ServerAddress address, PipelineWriter writer)
    {
        if (KnownProviders.OfServer(address.Host, address.Port) is { } provider) writer.Warning(provider.Note);
    }
}
