using System.IO;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Changing;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Files;
using ImapPS.Reading;
using ImapPS.Sessions;
using ImapPS.Transfers;

namespace ImapPS.Commands;

/// <summary>Saves the attachments of messages to files, decoded.</summary>
/// <remarks>
/// <para>
/// The cmdlet downloads only the part of each attachment and decodes it while it writes the file. Memory use does not grow with the size,
/// and the rest of the message stays on the server. One command reads the structures of up to 500 messages. Messages that are known to have
/// no attachment need no command. Nothing in the mailbox is changed. \Seen stays as it is.
/// </para>
/// <para>
/// File names of the sender are made safe, as in Save-ImapMessage. No file is saved outside of the directory. An attached message is saved
/// as .eml. If it has no name, its subject is used. Any other part without a name is called "attachment", with the extension of its type.
/// Equal names get a number.
/// </para>
/// <para>
/// An attachment is what a person would say has been attached: any file, a photo that no HTML shows, an attached message, an invitation, a
/// text file. Pictures that the HTML shows and signatures are none. Use -Inline or -Part to save them.
/// </para>
/// <para>
/// The files inside a winmail.dat are saved instead of it. Use -Name winmail.dat to save the file itself. Files that are uuencoded within a
/// text are saved if the message comes from Get-ImapMessageContent, which finds them. The same is true of the files inside an S/MIME
/// signature (smime.p7m). -Inline and -Part find these in any message.
/// </para>
/// <para>
/// The time of a file is the time at which the server received the message. The content of a file is as the sender made it. The cmdlet does
/// not check it.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound, UidValidityChanged, FileExists, FileNotSaved, DiskFull,
/// ArgumentInvalid, CommandRejected, ServerBusy, ConnectionLost, Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>Get-ImapMessage INBOX -From billing@ | Save-ImapAttachment ./invoices -Name *.pdf</code>
/// <para>Saves the PDF files of all messages from billing.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage -NewerThan 1 | Save-ImapAttachment ./images -ContentType image/* -Inline -PassThru</code>
/// <para>Saves the images of the last day's messages, including those that the text shows, and returns the files.</para>
/// </example>
/// <example>
/// <code>$message = Get-ImapMessage INBOX -From billing@ | Select-Object -Last 1
/// $message.Attachments | ForEach-Object { Save-ImapAttachment ./parts -Message $message -Part $_.Part }</code>
/// <para>Saves the attachments of one message one by one.</para>
/// </example>
[Cmdlet(VerbsData.Save, "ImapAttachment", SupportsShouldProcess = true, HelpUri = HelpPages.Reference + "Save-ImapAttachment.md")]
[OutputType(typeof(FileInfo))]
public sealed class SaveImapAttachmentCommand : FileSaveCmdlet
{
    private AttachmentSaver? _saver;

    /// <summary>Specifies the file name of the attachments to save. An attachment is saved if it matches any of the patterns.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>
    /// Specifies the media type of the attachments to save, such as application/pdf or image/*. An attachment is saved if it matches any of
    /// the patterns.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string[] ContentType { get; set; } = [];

    /// <summary>
    /// Specifies the numbers of the parts to save, as the Attachments of a message show them. A part need not be an attachment.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PartCompleter))]
    public string[] Part { get; set; } = [];

    /// <summary>
    /// Indicates that parts that the text shows are saved as well, such as the pictures of an HTML mail, and others that are neither text
    /// nor attachment, such as signatures.
    /// </summary>
    [Parameter]
    public SwitchParameter Inline { get; set; }

    private protected override TransferMeter Meter { get; } = new("attachment");

    private protected override MessageParts Parts => AttachmentSaver.Needs;

    private protected override string Action => $"Save attachments to {FullPath}";

    private protected override void Prepare()
    {
        if (File.Exists(FullPath))
        {
            throw Failures.ArgumentInvalid($"'{Path}' is a file, but attachments are saved in a directory.",
                "Give the path of a directory.", Path);
        }

        var filter = new AttachmentFilter
        {
            Name = Wildcard.AnyOf(Name),
            Type = Wildcard.AnyOf(ContentType),
            Parts = Part,
            Inline = Inline,
        };
        _saver = new AttachmentSaver(filter, FullPath, Existing, Meter);
    }

    private protected override bool IsFull(MessageBatch batch, ImapMessage next) => batch.Count >= MessageDownloader.MostMessages;

    private protected override Task<SaveResult> SaveAsync(MessageBatch batch, SessionConnection session,
        PipelineWriter writer, CancellationToken cancellationToken) =>
        _saver!.SaveAsync(batch, new MailboxAccess(session, writer), cancellationToken);
}
