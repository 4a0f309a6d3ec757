using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Administration;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Gets the quotas of folders: how much may be stored, and how much is used.</summary>
/// <remarks>
/// <para>
/// A quota root is a set of folders that share their limits (QUOTA, RFC 9208). A mailbox often has one root, and shared folders have
/// others. The cmdlet returns an object for each resource of each root. Folders lists the folders that share the root, as far as they were
/// asked for. A root without limits returns nothing.
/// </para>
/// <para>
/// Usage and Limit of STORAGE and ANNOTATION-STORAGE are in octets. The server counts them in units of 1,024 octets. All other resources
/// are counts: MESSAGE is the number of messages, MAILBOX the number of folders.
/// </para>
/// <para>
/// The server is asked for each folder by itself. If the mailbox has one quota root, Get-ImapQuota INBOX shows it with one command.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, NotSupportedByServer, FolderNotFound, for a path without wildcards; PermissionDenied,
/// CommandRejected, ArgumentInvalid, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Get-ImapQuota INBOX</code>
/// <para>Gets the limits that apply to the INBOX.</para>
/// </example>
/// <example>
/// <code>Get-ImapSession | Get-ImapQuota -AbovePercent 90</code>
/// <para>Finds mailboxes that are nearly full. A nightly check can mail what it returns.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder Archive/* | Get-ImapQuota | Where-Object Resource -eq STORAGE</code>
/// <para>Gets the limit of the size of the folders below Archive.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ImapQuota", HelpUri = HelpPages.Reference + "Get-ImapQuota.md")]
[OutputType(typeof(ImapQuota))]
public sealed class GetImapQuotaCommand : FolderCmdlet
{
    private static readonly FolderPath _everything = new("*");

    private readonly Dictionary<SessionConnection, QuotaTable> _tables = [];

    /// <summary>
    /// Specifies the folders: paths, which may contain wildcards, or folder objects. The default is all folders.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Path")]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [];

    /// <summary>Specifies a percentage. Only quotas of which more is used are returned.</summary>
    [Parameter]
    [ValidateRange(0.0, 100.0)]
    public double AbovePercent { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        FolderPath[] asked = Folder.Length > 0 ? Folder : [_everything];
        foreach ((FolderPath folder, SessionConnection session) in Accepted(asked, all: _everything)
            .Offering(this, QuotaAccess.Capability, Failures.NoQuotas))
        {
            if (!_tables.TryGetValue(session, out QuotaTable? table)) _tables[session] = table = new QuotaTable(session.Handle.Id);
            Run((writer, cancellationToken) => writer.ForItemAsync(folder.Path,
                () => ReadAsync(folder, new MailboxAccess(session, writer), table, writer, cancellationToken), cancellationToken));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        foreach (ImapQuota quota in _tables.Values.SelectMany(table => table.Quotas))
        {
            if (!IsGiven(nameof(AbovePercent)) || quota.Percent > AbovePercent) WriteObject(quota);
        }

        base.EndProcessing();
    }

    private static async Task ReadAsync(FolderPath folder, MailboxAccess mailbox, QuotaTable table, PipelineWriter writer,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<string> paths = await FolderExpansion.ExpandAsync(folder, mailbox, cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < paths.Count; i++)
        {
            string path = paths[i];
            writer.Progress("Get-ImapQuota", DisplayText.Printable(path), i, paths.Count);
            await writer.ForItemAsync(path, () => table.ReadAsync(path, mailbox, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
    }
}
