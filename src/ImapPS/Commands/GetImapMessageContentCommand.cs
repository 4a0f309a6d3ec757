using System;
using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Binding;
using ImapPS.Changing;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Listing;
using ImapPS.Sessions;
using ImapPS.Transfers;

namespace ImapPS.Commands;

/// <summary>Gets the content of messages: their text, links, one-time codes, headers and attachments.</summary>
/// <remarks>
/// <para>
/// The cmdlet downloads whole messages, several with one command, and parses them. The first command reads 1 message. The next commands
/// read 20, 100, 400 and then 500 messages, or 25 MB. Contents are returned in the order in which the messages of a folder arrive in the
/// pipeline. A large message is held in a temporary file, not in memory. Nothing is changed. \Seen stays as it is, unless -MarkRead is
/// given.
/// </para>
/// <para>
/// Text is the best text of the message: the plain text if it has content, otherwise the HTML as a person reads it, without hidden parts.
/// Nothing is loaded from other places, and no script is run. Attached text files and attached messages are attachments, not text. A
/// winmail.dat is opened, and its files are listed with the Part of the winmail.dat. Files that are uuencoded within a text are taken out
/// of it and listed with the Part of the text.
/// </para>
/// <para>
/// In all texts lines end in LF. Control characters are shown as pictures, so a message cannot control the terminal.
/// </para>
/// <para>
/// Links holds every http, https, ftp, mailto and tel address of the HTML and of the text, each once. Codes holds one-time codes: four to
/// eight digits, or groups with dashes, near words that announce them, in many languages. Groups that are separated only by spaces are
/// returned as one number.
/// </para>
/// <para>
/// Protection shows whether the message is signed or encrypted, with S/MIME or OpenPGP. Signatures are not checked, and nothing is
/// decrypted. An encrypted message has no Text.
/// </para>
/// <para>
/// For each message at most 8 MB of text, 1,000 attachments, 10,000 links and 20 codes are kept. Parts that are nested more than 64 levels
/// deep are not opened. IsTruncated is true if the message has more text, attachments or links.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, MessageNotFound (also for a part that is not there), UidValidityChanged,
/// PermissionDenied (for -MarkRead), CommandRejected, ServerBusy, ConnectionLost, Timeout, ProtocolError, Unexpected.
/// </notes>
/// <example>
/// <code>Get-ImapMessage -Unread | Get-ImapMessageContent | Format-List</code>
/// <para>Shows the unread messages in a readable form. They stay unread.</para>
/// </example>
/// <example>
/// <code>$mail = Get-ImapMessage -Subject 'Confirm your address' | Select-Object -Last 1
/// ($mail | Get-ImapMessageContent).Links | Where-Object Host -eq app.example</code>
/// <para>Gets the link that an application sent.</para>
/// </example>
/// <example>
/// <code>$code = (Get-ImapMessage -From no-reply@app.example -NewerThan 1 | Get-ImapMessageContent -MarkRead).Codes[0]</code>
/// <para>Gets the one-time code of a message, and marks the message as read.</para>
/// </example>
/// <example>
/// <code>Get-ImapMessage -Subject '*CRITICAL*' | Where-Object HasAttachment | ForEach-Object {
///     $_ | Get-ImapMessageContent -Part $_.Attachments[0].Part
/// } | ForEach-Object TextBody | ConvertFrom-Csv</code>
/// <para>Downloads only the first attachment of each message, a text file, and reads it.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ImapMessageContent", SupportsShouldProcess = true,
    HelpUri = HelpPages.Reference + "Get-ImapMessageContent.md")]
[OutputType(typeof(ImapMessageContent))]
public sealed class GetImapMessageContentCommand : MessageCmdlet
{
    // The first content is to come early; a round trip for each of many is not to be paid.
    private static readonly int[] _batchSizes = [1, 20, 100, 400, MessageDownloader.MostMessages];

    private readonly HashSet<(int Session, string Folder, uint Uid)> _toMark = [];
    private int _sent;

    /// <summary>
    /// Specifies the number of the only part to fetch, as an attachment's Part shows it, such as 2 or 1.3 (RFC 9051, 6.4.5.1). The content
    /// of the part and its MIME headers are returned. Each part takes a separate command.
    /// </summary>
    [Parameter]
    [ValidatePattern(@"\A[1-9][0-9]{0,5}(\.[1-9][0-9]{0,5}){0,63}\z")]
    [ArgumentCompleter(typeof(PartCompleter))]
    public string Part { get; set; } = string.Empty;

    /// <summary>
    /// Indicates that \Seen is set on the messages whose content was returned. The objects show the state before that. With -WhatIf, or
    /// when the answer to -Confirm is No, the content is returned and the message stays unchanged.
    /// </summary>
    [Parameter]
    public SwitchParameter MarkRead { get; set; }

    private protected override bool Admit(ImapMessage message, SessionConnection session)
    {
        if (MarkRead && ShouldProcess(MessageName.Of(message), "Mark as read"))
        {
            _toMark.Add((session.Handle.Id, message.Folder, message.Uid));
        }

        return true;
    }

    private protected override bool IsFull(MessageBatch batch, ImapMessage next) =>
        batch.Count >= _batchSizes[Math.Min(_sent, _batchSizes.Length - 1)]
        || batch.Bytes + next.Size > MessageDownloader.MostBytes
        || batch.IsFullFor(next.Uid);

    private protected override void Send(MessageBatch batch, SessionConnection session)
    {
        _sent++;
        Run((writer, cancellationToken) => writer.ForItemAsync(
            target: null,
            () => new ContentListing(new MailboxAccess(session, writer), writer)
            {
                Part = Part,
                IsToMark = uid => _toMark.Contains((session.Handle.Id, batch.Folder, uid)),
            }.WriteAsync(batch, cancellationToken),
            cancellationToken));
    }
}
