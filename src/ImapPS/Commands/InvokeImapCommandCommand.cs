using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using ImapPS.Administration;
using ImapPS.Binding;
using ImapPS.Models;
using ImapPS.Pipeline.Base;
using ImapPS.Pipeline.Changing;
using ImapPS.Sessions;

namespace ImapPS.Commands;

/// <summary>Sends a command of IMAP to the server, and returns the answer.</summary>
/// <remarks>
/// <para>
/// The cmdlet is for extensions of a server that no other cmdlet knows. The command goes to the server as it is given, with a tag before
/// it. Put the whole command in single quotes: Invoke-ImapCommand 'XLIST "" "*"'. Without them PowerShell passes four arguments.
/// </para>
/// <para>
/// The cmdlet returns an object with Status (OK, NO or BAD), Code, CodeArgument, Text and the untagged responses. Each response is a line
/// of text. Its literals are in the property Literals. .Untagged[0].Literals[0].GetBytes() returns the octets of the first one.
/// </para>
/// <para>
/// -Argument writes values as IMAP has them: text as an atom or a quoted string, or as a literal where it is not ASCII or has several
/// lines; arrays of bytes as literals, numbers as digits, and lists in parentheses. Values that must not be quoted, such as sets of
/// messages and flags, belong to the command itself. A literal is sent only when the server asks for it.
/// </para>
/// <para>
/// A folder whose name is not ASCII has another name in IMAP. Give the object that Get-ImapFolder returns.
/// </para>
/// <para>
/// $null is an error, because a variable may have no value by mistake. [NullString]::Value is NIL.
/// </para>
/// <para>
/// With -Folder the folder is selected first, so that commands of the selected state work. Without it no folder is selected. Wildcards
/// send the command once for each folder. With -Session, an object of another session is the folder of the same name. If it does not have
/// the same UIDVALIDITY, the cmdlet writes an error and sends nothing.
/// </para>
/// <para>
/// If the server answers NO or BAD, the cmdlet writes an error. With -SkipStatusCheck it returns the answer instead.
/// </para>
/// <para>
/// Commands that change what the module knows of the connection are refused: LOGIN, AUTHENTICATE, UNAUTHENTICATE, PROXYAUTH, STARTTLS,
/// LOGOUT, SELECT, EXAMINE, CLOSE, UNSELECT, IDLE, NOTIFY, COMPRESS and ENABLE. EXPUNGE is refused as well, because it removes messages
/// that nobody has named. UID EXPUNGE is not.
/// </para>
/// <para>
/// The cmdlet does not know what a command does. It supports -WhatIf and -Confirm. DELETE, REPLACE and UID EXPUNGE lose mail, so it asks
/// before it sends one of these. The default answer is No. -Force and -Confirm:$false suppress the question. If the connection ends before
/// the server has answered, the error is OutcomeUnknown. The command is never sent twice. The answer may have 64 MB.
/// </para>
/// </remarks>
/// <notes>
/// Errors: NoSession, SessionNotFound, FolderNotFound, for a path without wildcards; UidValidityChanged, OutcomeUnknown,
/// ConfirmationRequired, PermissionDenied, QuotaExceeded, CommandRejected, ArgumentInvalid, ServerBusy, ConnectionLost,
/// Timeout, ProtocolError.
/// </notes>
/// <example>
/// <code>(Invoke-ImapCommand 'LIST "" "*"').Untagged</code>
/// <para>Shows the folders in the server's own words. The command is in single quotes, and has double quotes of its own.</para>
/// </example>
/// <example>
/// <code>Invoke-ImapCommand SETACL -Argument INBOX, bob, lrs</code>
/// <para>Sends a command with three arguments.</para>
/// </example>
/// <example>
/// <code>Invoke-ImapCommand STATUS -Argument (Get-ImapFolder Archive), @('MESSAGES')</code>
/// <para>Sends a command with a folder and a list. The folder's name may have any characters.</para>
/// </example>
/// <example>
/// <code>(Invoke-ImapCommand 'UID FETCH 1:* (FLAGS)' -Folder INBOX -ReadOnly).Untagged.Text</code>
/// <para>Sends a command that works in a folder.</para>
/// </example>
/// <example>
/// <code>if ((Invoke-ImapCommand XPING -SkipStatusCheck).Status -eq 'BAD') { 'The server does not know XPING.' }</code>
/// <para>Finds out whether the server knows a command.</para>
/// </example>
/// <seealso cref="ConnectImapCommand"/>
/// <seealso cref="SetImapMetadataCommand"/>
[Cmdlet(VerbsLifecycle.Invoke, "ImapCommand", SupportsShouldProcess = true, HelpUri = HelpPages.Reference + "Invoke-ImapCommand.md")]
[OutputType(typeof(ImapCommandResult))]
public sealed class InvokeImapCommandCommand : FolderChangeCmdlet
{
    private static readonly FolderPath _account = new(string.Empty);

    /// <summary>
    /// Specifies the command without a tag, as one text in single quotes, such as 'XLIST "" "*"'. It is one line of ASCII.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public string Command { get; set; } = string.Empty;

    /// <summary>
    /// Specifies what follows the command: text, arrays of bytes, numbers, folder objects, [NullString]::Value for NIL, and lists of these.
    /// </summary>
    [Parameter(Position = 1)]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(NothingCompleter))]
    public object?[] Argument { get; set; } = [];

    /// <summary>
    /// Specifies the folder that is selected for the command: a path, which may contain wildcards, or a folder object. Of several folders
    /// each is selected in turn.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    [Alias("Path")]
    [FolderTransformation]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderCompleter))]
    public FolderPath[] Folder { get; set; } = [];

    /// <summary>Indicates that the folder is opened only for reading. The server then does not change its messages.</summary>
    [Parameter]
    public SwitchParameter ReadOnly { get; set; }

    /// <summary>Indicates that NO and BAD are answers like OK, and no errors.</summary>
    [Parameter]
    public SwitchParameter SkipStatusCheck { get; set; }

    /// <summary>
    /// Indicates that the cmdlet does not ask before it sends a command that loses mail. With -Confirm it asks all the same.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        FolderPath[] asked = Folder.Length > 0 ? Folder : [_account];
        foreach ((FolderPath folder, SessionConnection session) in Accepted(asked, all: _account))
        {
            bool inFolder = folder.Path.Length > 0;
            RawCommand command = Read(inFolder);
            IReadOnlyList<string> paths = [string.Empty];
            bool isKnown = !inFolder || this.RunFor(folder.Path, session, async (mailbox, _, cancellationToken) =>
                paths = await FolderExpansion.ExpandAsync(folder, mailbox, cancellationToken).ConfigureAwait(false));
            if (!isKnown) continue;

            bool isOfOther = folder.SessionId is { } id && id != session.Handle.Id;
            foreach (string path in paths) Send(command, new CommandScope(path, folder.UidValidity, isOfOther, ReadOnly), session);
        }
    }

    // PowerShell makes objects of one array of bytes.
    private RawCommand Read(bool inFolder) => OrThrow(() =>
        RawCommand.Of(Command, Plain(Argument) is object?[] several ? several : [Plain(Argument)], inFolder));

    private void Send(RawCommand command, CommandScope scope, SessionConnection session)
    {
        string target = scope.Path.Length == 0 ? $"the server {session.Handle.Server}" : scope.Path;
        string action = $"Send the command '{DisplayText.Printable(command.Shown)}'";
        bool isAllowed = CommandRules.Loses(command.Name)
            ? Consent.AllowsLoss(target, action, $"{action} to {target}? What it removes cannot be restored.", Force)
            : Consent.Allows($"Performing the operation \"{action}\" on target \"{target}\".", Force);
        if (!isAllowed) return;

        this.RunFor(target, session, async (mailbox, writer, cancellationToken) => await writer.WriteObjectAsync(
            await new CommandAccess(mailbox).SendAsync(command, scope, SkipStatusCheck, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false));
    }

    /// <summary>A value without what PowerShell puts around it.</summary>
    private static object? Plain(object? value)
    {
        object? plain = Wrapped.Unwrap(value);
        return plain switch
        {
            ImapFolder folder => new FolderPath(folder.Path),
            null or string or byte[] => plain,
            NullString => RawCommand.Nil,
            char letter => letter.ToString(),
            IList list when list.Count > 0 && list.Cast<object?>().All(item => Wrapped.Unwrap(item) is byte) =>
                list.Cast<object?>().Select(item => (byte)Wrapped.Unwrap(item)!).ToArray(),
            IList list => list.Cast<object?>().Select(Plain).ToArray(),
            _ => PropertyReader.IsA(value!, nameof(ImapFolder)) && PropertyReader.Raw(value!, nameof(ImapFolder.Path)) is { } path
                ? new FolderPath(LanguagePrimitives.ConvertTo<string>(path))
                : plain,
        };
    }
}
