using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Discovery;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Connecting;

namespace ImapPS.Commands;

/// <summary>Finds the IMAP server of a mailbox, and shows where it was found.</summary>
/// <remarks>
/// <para>
/// The cmdlet returns the servers in the order in which Connect-Imap tries them. It connects to no server, and nobody logs in. It looks in
/// these places:
/// </para>
/// <para>
/// KnownProvider: the module's own table of the domains of large providers, such as gmail.com. If the domain is in it, nothing else is
/// asked.
/// </para>
/// <para>
/// Srv: the DNS records _imaps._tcp and _imap._tcp of the domain (RFC 6186). Servers with TLS from the first byte come first (RFC 8314),
/// then those with STARTTLS, each in the order of priority and weight. If the domain says in DNS that it offers no IMAP, the error is
/// ServerNotFound.
/// </para>
/// <para>
/// Autoconfig: the configuration file for mail programs that the domain itself offers (https://autoconfig.DOMAIN and
/// https://DOMAIN/.well-known/autoconfig). It is read only over HTTPS with a verified certificate. The domain learns the address. No other
/// service is asked.
/// </para>
/// <para>
/// If there is no server up to here, Mx: the mail of the domain goes to a provider of the module's table, such as Microsoft 365. Then
/// Guess: imap.DOMAIN and mail.DOMAIN on port 993, if DNS knows them.
/// </para>
/// <para>
/// IsTrusted is false, and the table shows an exclamation mark, if nothing but DNS names the server, it is outside of the domain, and it is
/// not the server of a known provider. Connect-Imap does not connect there by itself, because DNS answers can be forged. Login and Note say
/// what the account needs to log in, if the module knows it.
/// </para>
/// </remarks>
/// <notes>
/// Errors: ArgumentInvalid, ServerNotFound, Timeout. Each is about one address, and the cmdlet continues with the next one.
/// </notes>
/// <example>
/// <code>Resolve-ImapServer alice@outlook.com</code>
/// <para>Shows the server, and that it takes no password.</para>
/// </example>
/// <example>
/// <code>'alice@gmail.com', 'bob@icloud.com' | Resolve-ImapServer | Format-List Mailbox, Server, UserName, Login, Note</code>
/// <para>Shows for two mailboxes what is needed to log in.</para>
/// </example>
/// <example>
/// <code>Resolve-ImapServer alice@fastmail.com -DnsServer 192.0.2.53</code>
/// <para>Asks a DNS server other than that of this computer, where the table does not know the domain.</para>
/// </example>
/// <seealso cref="ConnectImapCommand"/>
[Cmdlet(VerbsDiagnostic.Resolve, "ImapServer", HelpUri = HelpPages.Reference + "Resolve-ImapServer.md")]
[OutputType(typeof(ImapServer))]
public sealed class ResolveImapServerCommand : ImapCmdlet
{
    /// <summary>Specifies the address of the mailbox, such as alice@contoso.example.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [MailboxTransformation]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Address { get; set; } = [];

    /// <summary>
    /// Specifies the DNS server that is asked: its IP address, with a port if it is not 53. The default is the DNS server of this computer.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string? DnsServer { get; set; }

    /// <summary>Specifies how long to look for the server of an address, in seconds, from 1 to 3600.</summary>
    [Parameter]
    [ValidateRange(1, 3_600)]
    [PSDefaultValue(Value = 60)]
    public int TimeoutSeconds { get; set; } = 60;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            _ = DnsServerAddress.Parse(DnsServer);
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }

        Run(async (writer, stop) =>
        {
            foreach (string address in Address) await ResolveAsync(address, writer, stop).ConfigureAwait(false);
        });
    }

    private async Task ResolveAsync(string address, PipelineWriter writer, CancellationToken cancellationToken)
    {
        try
        {
            if (!MailboxAddress.TryParse(address, out MailboxAddress? mailbox)) throw Failures.MailboxInvalid(address);

            IReadOnlyList<ImapServer> found = await ConnectionCmdlet.Discovery(DnsServer, writer)
                .FindAllAsync(mailbox, TimeoutSeconds, cancellationToken).ConfigureAwait(false);
            foreach (ImapServer server in found) await writer.WriteObjectAsync(server, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException failed)
        {
            await writer.WriteErrorAsync(failed, cancellationToken, address).ConfigureAwait(false);
        }
    }
}
