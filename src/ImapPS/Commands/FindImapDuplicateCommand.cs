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
/// Messages with the same Message-ID, to the letter, and the same size are copies of each other, in one folder or in several. One copy
/// of each is kept; the others are emitted, so that Remove-ImapMessage can take them. KeptFolder and KeptUid tell which one stays. With
/// -Digest messages are copies only if every octet is the same, for which those with the same Message-ID and size are downloaded; that
/// is what to use before anything is removed for good, since a sender may use a Message-ID twice. Messages without Message-ID are copies
/// only with -Digest. Nothing is changed.
/// </para>
/// <para>
/// Which copy is kept does not depend on chance: the one in the folder that was given first; in one folder the one that was received
/// first, and of several at the same time the one with the lowest UID. Wildcards, and the default, give INBOX first and then the
/// others by name. But a copy in the folder with the role \Drafts, \Junk or \Trash, or in one below it, is kept only if there is none
/// anywhere else, wherever it was given.
/// </para>
/// <para>
/// Without -Folder all folders are looked through but the trash and those below it. Folders with the role \All, \Flagged or \Important
/// show messages of other folders, and to remove a message there would remove it: they are left out, unless one is given alone. For the
/// same reason a message that Gmail shows in several folders is one, and no copy; so is one that has the same UID and UIDVALIDITY in two
/// folders, which is one folder under two names. Messages that are marked \Deleted are left out too. Folders of different sessions are
/// not compared with each other.
/// </para>
/// <para>
/// The folders are read once, in windows, and only a few octets of each message are kept. The copies are emitted after that, folder by
/// folder. A folder that cannot be read is an error, and the others are compared all the same.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, UidValidityChanged, PermissionDenied, CommandRejected, ConnectionLost, Timeout,
/// ProtocolError, ArgumentInvalid.
/// </notes>
/// <example>
/// <code>Find-ImapDuplicate | Format-Table Folder, Uid, Subject, KeptFolder, KeptUid</code>
/// <para>Shows what is there more than once in the whole mailbox, and which copy would stay.</para>
/// </example>
/// <example>
/// <code>Find-ImapDuplicate Archive/*, INBOX -Digest | Remove-ImapMessage -MaxMessages 5000</code>
/// <para>Moves to the trash what is there twice, octet for octet; what is in the archive stays there.</para>
/// </example>
/// <example>
/// <code>Get-ImapFolder Lists/* | Find-ImapDuplicate | Measure-Object Size -Sum</code>
/// <para>Tells how much room copies take.</para>
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
