using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Diagnosis;
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
/// writes. An argument that cannot be used is an error.
/// </para>
/// <para>
/// A server that refuses for the moment (ServerBusy) is not tried again, as Connect-Imap would do.
/// </para>
/// <para>
/// Without -Credential nobody logs in, and nothing is asked for. With -Credential the cmdlet logs in once, opens the INBOX for reading, and
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
            ServerAddress address = Address();
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
