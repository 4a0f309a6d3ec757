using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Diagnosis;
using ImapPS.Discovery;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Connecting;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Tests a connection to an IMAP server step by step.</summary>
/// <remarks>
/// <para>
/// The cmdlet connects as Connect-Imap does with the same parameters, and returns an object for each step: Resolve, Connect, Tls,
/// Certificate, Greeting, Capabilities, Mechanisms, Login, CapabilitiesAfterLogin, Inbox, RoundTrip. Each step is Passed, Failed or
/// Skipped. A step that failed has the reason, and what to do about it. The steps after it are skipped.
/// </para>
/// <para>
/// A step that fails is a result, not an error: the cmdlet writes no error for it. The property ErrorId names the error that Connect-Imap
/// writes. If the server of a mailbox is not found, or is not trusted, the step Resolve fails. An argument that cannot be used is an error.
/// </para>
/// <para>
/// A server that refuses for the moment (ServerBusy) is not tried again, as Connect-Imap would do.
/// </para>
/// <para>
/// Without -Credential, -UserName, -AccessToken and -OAuth nobody logs in, and nothing is asked for. With -UserName alone, or with a user
/// name for -Credential, the password is asked for once the server was reached. The cmdlet logs in once, opens the INBOX for reading, and
/// logs out. No session stays open, and the mailbox is not changed.
/// </para>
/// <para>
/// The step Certificate has the server's certificate in its property Certificate, also if it is not trusted. A certificate that expires
/// within 30 days passes, with a remedy that says so.
/// </para>
/// <para>
/// The table is made to be pasted into a ticket. It has no password. Format-List shows everything.
/// </para>
/// </remarks>
/// <notes>Errors: ArgumentInvalid, FileNotFound, FileNotRead.</notes>
/// <example>
/// <code>Test-ImapConnection mail.example.org</code>
/// <para>Tests whether the server can be reached on port 993, and if its certificate is trusted.</para>
/// </example>
/// <example>
/// <code>Test-ImapConnection mail.example.org -Credential alice | Format-List</code>
/// <para>Tests the login as well, and shows all that is known. The password is asked for once the server was reached.</para>
/// </example>
/// <example>
/// <code>if (-not (Test-ImapConnection mail.example.org -TimeoutSeconds 10 -Quiet)) { Write-Warning 'The mail server is down.' }</code>
/// <para>Tests in a script. The result is true or false.</para>
/// </example>
/// <example>
/// <code>(Test-ImapConnection mail.example.org | Where-Object Step -eq Certificate).Certificate.NotAfter</code>
/// <para>Shows when the server's certificate expires.</para>
/// </example>
/// <seealso cref="ConnectImapCommand"/>
[Cmdlet(VerbsDiagnostic.Test, "ImapConnection", HelpUri = HelpPages.Reference + "Test-ImapConnection.md")]
[OutputType(typeof(ImapConnectionStep), typeof(bool))]
public sealed class TestImapConnectionCommand : ConnectionCmdlet
{
    /// <summary>Indicates that the cmdlet returns only true or false: true if no step failed.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        try
        {
            if (FindAddress() is not { } address) return;

            ConnectionSettings settings = Settings(address);
            bool logsIn = settings.Identity is not null || settings.UsesToken || IsGiven(nameof(Credential)) || IsGiven(nameof(UserName));
            Run((writer, cancellationToken) =>
                WriteAsync(new ConnectionDiagnosis(settings, Opening(address, writer), logsIn), writer, cancellationToken));
        }
        catch (ImapException invalid)
        {
            Throw(invalid);
        }
    }

    /// <summary>Where to connect to. Null when the server of a mailbox was not found, which is then told as the first step.</summary>
    private ServerAddress? FindAddress()
    {
        try
        {
            return Address();
        }
        catch (ImapException unknown) when (unknown.Id != ImapErrorId.ArgumentInvalid
            && MailboxAddress.TryParse(Server, out MailboxAddress? mailbox))
        {
            // An argument that cannot be used is an error here as well.
            _ = Settings(new ServerAddress(mailbox.Domain, ServerAddress.TlsPort, ImapSecurity.Tls, mailbox.Text));
            if (Quiet) WriteObject(false);
            else WriteObject(ConnectionReport.WithoutServer(mailbox.Domain, unknown), enumerateCollection: true);
            return null;
        }
    }

    private async Task WriteAsync(ConnectionDiagnosis diagnosis, PipelineWriter writer, CancellationToken cancellationToken)
    {
        bool passes = true;
        await foreach (ImapConnectionStep step in diagnosis.RunAsync(cancellationToken).ConfigureAwait(false))
        {
            passes &= step is not { Result: ImapStepResult.Failed };
            if (!Quiet) await writer.WriteObjectAsync(step, cancellationToken).ConfigureAwait(false);
        }

        if (Quiet) await writer.WriteObjectAsync(passes, cancellationToken).ConfigureAwait(false);
    }
}
