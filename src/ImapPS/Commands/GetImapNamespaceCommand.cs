using System.Management.Automation;
using ImapPS.Administration;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Gets the namespaces of the server: how the paths of personal, other users' and shared folders begin.</summary>
/// <remarks>
/// <para>
/// A server tells its namespaces if it supports NAMESPACE (RFC 2342). Personal namespaces hold the user's own folders, Others the folders
/// of other users, and Shared the folders that belong to no user. A server has no namespace of a kind that it does not support.
/// </para>
/// <para>Get-ImapFolder -Namespace returns the folders of a kind.</para>
/// </remarks>
/// <notes>Errors: NoSession, SessionNotFound, NotSupportedByServer, ServerBusy, ConnectionLost, Timeout, ProtocolError.</notes>
/// <example>
/// <code>Get-ImapNamespace</code>
/// <para>Gets all namespaces of the server.</para>
/// </example>
/// <example>
/// <code>(Get-ImapNamespace | Where-Object Kind -eq Personal).Prefix</code>
/// <para>Returns the text that the paths of the user's own folders begin with. On many servers it is empty.</para>
/// </example>
/// <seealso cref="GetImapFolderCommand"/>
[Cmdlet(VerbsCommon.Get, "ImapNamespace", HelpUri = HelpPages.Reference + "Get-ImapNamespace.md")]
[OutputType(typeof(ImapNamespace))]
public sealed class GetImapNamespaceCommand : SessionCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        SessionConnection session = ResolveOrThrow();
        Run(async (writer, cancellationToken) =>
        {
            foreach (ImapNamespace one in await NamespaceReader.ReadAsync(new MailboxAccess(session, writer), cancellationToken)
                .ConfigureAwait(false))
            {
                await writer.WriteObjectAsync(one, cancellationToken).ConfigureAwait(false);
            }
        });
    }
}
