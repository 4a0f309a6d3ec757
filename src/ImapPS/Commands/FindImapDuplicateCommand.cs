using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Listing;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Finds duplicate messages, and returns the copies that need not be kept.</summary>
/// <remarks>
/// <para>
/// Messages are copies of each other if they have the same Message-ID, in the same case, and the same size. The copies may be in one folder
/// or in several folders. One copy of each message is kept. The cmdlet returns the others, and you can pipe them into Remove-ImapMessage.
/// KeptFolder and KeptUid show which copy is kept. Nothing is changed.
/// </para>
/// <para>
/// With -Digest messages are copies only if every octet is the same. The cmdlet downloads the messages with the same Message-ID and size
/// for this. Use -Digest before you remove messages permanently, because a sender may use a Message-ID twice. Messages without Message-ID
/// are copies only with -Digest.
/// </para>
/// <para>
/// The cmdlet keeps the copy in the folder that was given first. In one folder it keeps the copy that was received first. If several were
/// received at the same time, it keeps the one with the lowest UID. Wildcards, and the default, give INBOX first and then the other folders
/// by name. A copy in a folder with the role \Drafts, \Junk or \Trash, or in a folder below it, is kept only if there is no copy elsewhere.
/// The order of -Folder does not change this.
/// </para>
/// <para>
/// By default all folders are read except the trash and the folders below it. Folders with the role \All, \Flagged or \Important show
/// messages of other folders. If you remove a message there, you remove the message itself. Such a folder is read only if it is the only
/// folder that is given.
/// </para>
/// <para>
/// A message that Gmail shows in several folders is one message and not a copy. Two folders may be one folder under two names. If they have
/// the same UIDVALIDITY, and nothing shows that they are two, messages with the same UID in both are one message, and a warning says so.
/// Messages that are marked \Deleted are ignored. Folders of different sessions are not compared with each other.
/// </para>
/// <para>
/// Some servers show a message in a second folder under another UID, and do not tell. The cmdlet then takes it for a copy.
/// Remove-ImapMessage looks at KeptFolder and KeptUid, and stops before the message itself is removed.
/// </para>
/// <para>
/// The cmdlet reads the folders once, in windows, and keeps only a few octets of each message. It then returns the copies, folder by
/// folder. A folder that cannot be read is an error. The other folders are still compared.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, PermissionDenied, CommandRejected, ServerBusy, ConnectionLost,
/// Timeout, ProtocolError, ArgumentInvalid.
/// </notes>
/// <example>
/// <code>Find-ImapDuplicate | Format-Table Folder, Uid, Subject, KeptFolder, KeptUid</code>
/// <para>Shows the messages that the mailbox holds more than once, and which copy is kept.</para>
/// </example>
/// <example>
/// <code>Find-ImapDuplicate Archive/*, INBOX -Digest | Remove-ImapMessage -MaxMessages 5000</code>
/// <para>Moves copies that are the same octet for octet to the trash. The copies in the archive are kept.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder Lists/* | Find-ImapDuplicate | Measure-Object Size -Sum</code>
/// <para>Shows how much space the copies need.</para>
/// </example>
[Cmdlet(VerbsCommon.Find, "ImapDuplicate", HelpUri = HelpPages.Reference + "Find-ImapDuplicate.md")]
[OutputType(typeof(ImapDuplicate))]
public sealed class FindImapDuplicateCommand : FolderCmdlet
{
    private static readonly FolderPath _everything = new("*");

    private readonly List<(SessionConnection Session, FolderPath Folder)> _asked = [];

    /// <summary>
    /// Specifies the folders: paths, which may contain wildcards, or folder objects. A copy in an earlier folder is kept. The default is
    /// all folders except the trash.
    /// </summary>
    // Not by property name: messages have a Folder too, and whoever pipes them means these and not all that is in their folders.
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [SupportsWildcards]
    [Alias("Path")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [];

    /// <summary>
    /// Indicates that messages are compared octet for octet, by their SHA-256. Messages without Message-ID are compared as well. Possible
    /// copies are downloaded for this, but not kept.
    /// </summary>
    [Parameter]
    public SwitchParameter Digest { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach ((FolderPath folder, SessionConnection session) in Accepted(Folder, all: _everything)) _asked.Add((session, folder));
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_asked.Count == 0)
        {
            // A pipeline that brought no folder does not mean all of them.
            if (!MyInvocation.ExpectingInput) Find(ResolveOrThrow(), []);
            return;
        }

        foreach (IGrouping<SessionConnection, FolderPath> session in _asked.GroupBy(asked => asked.Session, asked => asked.Folder))
        {
            Find(session.Key, session.Contains(_everything) ? [] : [.. session]);
        }
    }

    private void Find(SessionConnection session, IReadOnlyList<FolderPath> folders) =>
        Run((writer, cancellationToken) => writer.ForItemAsync(
            target: null,
            () => new DuplicateListing(new MailboxAccess(session, writer), writer) { ByOctets = Digest }.WriteAsync(
                folders, cancellationToken),
            cancellationToken));
}
