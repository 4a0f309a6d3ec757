using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Folders;
using ImapPS.Models;
using ImapPS.Pipeline.Changing;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Creates folders, and any missing folders above them.</summary>
/// <remarks>
/// <para>
/// A path contains the server's own hierarchy delimiter between its names. The same folder may be Archive/2025 on one server and
/// Archive.2025 on another. The property Delimiter of any folder shows the delimiter. A name may be any Unicode text without control
/// characters. If the server does not allow a name, such as one with a slash where the delimiter is a dot, the error is CommandRejected.
/// </para>
/// <para>
/// Like New-Item, the cmdlet returns the folder that it creates. A new folder is not subscribed to, so mail programs that show only
/// subscribed folders do not show it. -Subscribe subscribes to the folder.
/// </para>
/// <para>
/// If the connection breaks before the server has confirmed a folder, it is opened again. The cmdlet looks for the folder before it creates
/// it again.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderExists, ArgumentInvalid, NotSupportedByServer, PermissionDenied, QuotaExceeded,
/// CommandRejected, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>New-ImapFolder Archive/2025/Receipts -Subscribe</code>
/// <para>Creates the folder and subscribes to it. Archive and Archive/2025 are created if they are missing.</para>
/// </example>
/// <example>
/// <code>$folder = New-ImapFolder Reports -Force
/// Get-ImapMessage -Subject 'Report*' | Move-ImapMessage $folder</code>
/// <para>Makes sure that the folder exists, then moves messages to it.</para>
/// </example>
/// <example>
/// <code>New-ImapFolder Bin -SpecialUse Trash</code>
/// <para>Creates the folder for deleted messages, if the server lets clients choose it.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "ImapFolder", SupportsShouldProcess = true, HelpUri = HelpPages.Reference + "New-ImapFolder.md")]
[OutputType(typeof(ImapFolder))]
public sealed class NewImapFolderCommand : FolderChangeCmdlet
{
    /// <summary>Specifies the paths of the folders to create. No character is a wildcard.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [FolderTransformation]
    [Alias("LiteralPath", "PSPath", "LP")]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Path { get; set; } = [];

    /// <summary>Specifies the role of the new folder (CREATE-SPECIAL-USE, RFC 6154). Few servers let a client choose it.</summary>
    [Parameter]
    public ImapSpecialUse SpecialUse { get; set; }

    /// <summary>Indicates that a folder that already exists is not an error. It is returned as it is.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Indicates that the folder is subscribed to, and the folders above it that are created with it.</summary>
    [Parameter]
    public SwitchParameter Subscribe { get; set; }

    private string Action => SpecialUse == ImapSpecialUse.None ? "Create folder" : $"Create folder with the role {SpecialUse}";

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach ((FolderPath folder, SessionConnection session) in Accepted(Path))
        {
            string path = folder.Path;
            if (!this.RunFor(path, session, (mailbox, _, cancellationToken) =>
                new FolderCreator(mailbox).CheckAsync(path, SpecialUse, Force, cancellationToken)))
            {
                continue;
            }

            if (Consent.IsWhatIf && !this.RunFor(path, session, (mailbox, _, cancellationToken) =>
                new FolderCreator(mailbox).TryAsync(path, SpecialUse, Force, cancellationToken)))
            {
                continue;
            }

            if (!ShouldProcess(DisplayText.Printable(path), Action)) continue;

            this.RunFor(path, session, async (mailbox, writer, cancellationToken) =>
            {
                string place = await new FolderCreator(mailbox)
                    .CreateAsync(path, SpecialUse, Subscribe, Force, cancellationToken).ConfigureAwait(false);
                await FolderWork.EmitAsync(place, mailbox, writer, cancellationToken).ConfigureAwait(false);
            });
        }
    }
}
