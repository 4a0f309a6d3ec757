namespace ImapPS.Errors;

/// <summary>
/// The first part of every FullyQualifiedErrorId of this module. The names are stable: scripts branch on them.
/// </summary>
public enum ImapErrorId
{
    /// <summary>No session is current, and -Session names none.</summary>
    NoSession,

    /// <summary>No open session has that id or name; or the session was closed while the command ran.</summary>
    SessionNotFound,

    /// <summary>The server could not be reached, or refused the connection.</summary>
    ConnectionFailed,

    /// <summary>The connection broke, and the retries that the session allows did not bring it back.</summary>
    ConnectionLost,

    /// <summary>TLS could not be negotiated, or the server does not offer STARTTLS.</summary>
    TlsFailed,

    /// <summary>The server's certificate is not trusted, or is not the pinned one.</summary>
    CertificateRejected,

    /// <summary>A password would have crossed the network in clear.</summary>
    PlaintextRefused,

    /// <summary>The server did not accept the credential.</summary>
    AuthenticationFailed,

    /// <summary>The server has no such folder.</summary>
    FolderNotFound,

    /// <summary>The folder holds no message of that UID.</summary>
    MessageNotFound,

    /// <summary>A folder of that name exists already.</summary>
    FolderExists,

    /// <summary>The folder holds messages, or other folders, and the command was not told to remove these as well.</summary>
    FolderNotEmpty,

    /// <summary>The folder's UIDVALIDITY is not the one that the message was read under (RFC 9051, 2.3.1.1).</summary>
    UidValidityChanged,

    /// <summary>The message is in the folder with the role \Trash already, and -Permanent was not given; it was not touched.</summary>
    AlreadyInTrash,

    /// <summary>The connection broke in mid-change, and the mailbox does not tell whether the change was made.</summary>
    OutcomeUnknown,

    /// <summary>
    /// The message has changed since the modification sequence that -UnchangedSince names (CONDSTORE, RFC 7162); it was not touched.
    /// </summary>
    MessageChanged,

    /// <summary>More messages arrived than -MaxMessages allows; nothing was touched.</summary>
    LimitExceeded,

    /// <summary>What cannot be undone wants a yes, and there is nobody to give it; nothing was touched.</summary>
    ConfirmationRequired,

    /// <summary>The server lacks an extension that the operation needs.</summary>
    NotSupportedByServer,

    /// <summary>The server answered NO.</summary>
    CommandRejected,

    /// <summary>The server answered BAD, or something that is not IMAP.</summary>
    ProtocolError,

    /// <summary>The server does not permit the operation (RFC 5530, NOPERM).</summary>
    PermissionDenied,

    /// <summary>The operation would exceed the mailbox's quota (RFC 5530, OVERQUOTA).</summary>
    QuotaExceeded,

    /// <summary>
    /// The server refuses for the moment (RFC 5530, UNAVAILABLE, INUSE, LIMIT; or throttles), and the retries that the session allows are
    /// used up.
    /// </summary>
    ServerBusy,

    /// <summary>The server did not answer within the session's timeout.</summary>
    Timeout,

    /// <summary>The messages that were waited for did not come in time.</summary>
    WaitTimeout,

    /// <summary>The messages are not as they were asserted to be.</summary>
    AssertionFailed,

    /// <summary>The criteria contradict each other, or hold what IMAP cannot carry.</summary>
    FilterInvalid,

    /// <summary>The server searches in no character set that can express the criteria (RFC 9051, BADCHARSET).</summary>
    SearchCharsetUnsupported,

    /// <summary>There is a file of that name already.</summary>
    FileExists,

    /// <summary>A file could not be written.</summary>
    FileNotSaved,

    /// <summary>The disk has no room left.</summary>
    DiskFull,

    /// <summary>
    /// The journal could not be opened, and nothing was touched; or not be written to, and the error holds the messages that it lacks.
    /// </summary>
    JournalNotWritten,

    /// <summary>There is no such file.</summary>
    FileNotFound,

    /// <summary>A file could not be read, or is not of the format that it should be.</summary>
    FileNotRead,

    /// <summary>What should be a message is none that IMAP can carry.</summary>
    MessageInvalid,

    /// <summary>The message is larger than the server takes (RFC 7889, APPENDLIMIT).</summary>
    MessageTooLarge,

    /// <summary>An argument cannot be used as it stands.</summary>
    ArgumentInvalid,

    /// <summary>Something that this module did not foresee; the exception tells.</summary>
    Unexpected,
}
