namespace ImapPS.Errors;

/// <summary>
/// The first part of every FullyQualifiedErrorId of this module. The names are stable, because scripts use them.
/// </summary>
public enum ImapErrorId
{
    /// <summary>There is no current session, and -Session is not given.</summary>
    NoSession,

    /// <summary>No open session has this id or name, or the session was closed while the command ran.</summary>
    SessionNotFound,

    /// <summary>No IMAP server was found for the address of a mailbox.</summary>
    ServerNotFound,

    /// <summary>
    /// Nothing but DNS names the server of a mailbox, and the server is outside of the mailbox's domain. Nothing was sent to it.
    /// </summary>
    ServerNotTrusted,

    /// <summary>The server could not be reached, or refused the connection.</summary>
    ConnectionFailed,

    /// <summary>The proxy could not be reached, did not accept its credential, or refused to connect to the server.</summary>
    ProxyFailed,

    /// <summary>The connection broke, and the retries of the session could not restore it.</summary>
    ConnectionLost,

    /// <summary>TLS could not be negotiated, or the server does not offer STARTTLS.</summary>
    TlsFailed,

    /// <summary>The server's certificate is not trusted, or is not that of -CertificateThumbprint.</summary>
    CertificateRejected,

    /// <summary>A password would have been sent without encryption.</summary>
    PlaintextRefused,

    /// <summary>The server did not accept the credential.</summary>
    AuthenticationFailed,

    /// <summary>The folder does not exist.</summary>
    FolderNotFound,

    /// <summary>The folder has no message with this UID.</summary>
    MessageNotFound,

    /// <summary>The access list of the folder has no entry of this identifier.</summary>
    PermissionNotFound,

    /// <summary>A folder with this name already exists.</summary>
    FolderExists,

    /// <summary>The folder holds messages or other folders, which the command was not asked to remove.</summary>
    FolderNotEmpty,

    /// <summary>The UIDVALIDITY of the folder changed after the message was read (RFC 9051, 2.3.1.1).</summary>
    UidValidityChanged,

    /// <summary>The message is already in the folder with the role \Trash, and -Permanent is not given. It was not changed.</summary>
    AlreadyInTrash,

    /// <summary>The connection broke during a change. It is not known if the change was made.</summary>
    OutcomeUnknown,

    /// <summary>
    /// The message has changed after the modification sequence of -UnchangedSince (CONDSTORE, RFC 7162). The command did not change it.
    /// </summary>
    MessageChanged,

    /// <summary>
    /// The message is no copy: the server shows one message in two folders. To remove it would remove the one that is to be kept as well.
    /// </summary>
    NotACopy,

    /// <summary>More messages arrived than -MaxMessages or -MaxPercent allows. Nothing was changed.</summary>
    LimitExceeded,

    /// <summary>A change that cannot be undone needs confirmation, but nobody can be asked. Nothing was changed.</summary>
    ConfirmationRequired,

    /// <summary>The server does not support an extension that the operation needs.</summary>
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

    /// <summary>The expected messages did not arrive in time.</summary>
    WaitTimeout,

    /// <summary>The messages are not as expected.</summary>
    AssertionFailed,

    /// <summary>The criteria contradict each other, or have values that IMAP cannot send.</summary>
    FilterInvalid,

    /// <summary>The server does not support a character set for the criteria (RFC 9051, BADCHARSET).</summary>
    SearchCharsetUnsupported,

    /// <summary>A file with this name already exists.</summary>
    FileExists,

    /// <summary>A file could not be written.</summary>
    FileNotSaved,

    /// <summary>The disk is full.</summary>
    DiskFull,

    /// <summary>
    /// The journal could not be opened, and nothing was changed. Or the journal could not be written to, and the error holds the messages
    /// that are not in it.
    /// </summary>
    JournalNotWritten,

    /// <summary>Another command is writing to the backup.</summary>
    BackupInUse,

    /// <summary>A file of a backup is not what it was when it was saved.</summary>
    BackupDamaged,

    /// <summary>The file does not exist.</summary>
    FileNotFound,

    /// <summary>A file could not be read, or does not have the expected format.</summary>
    FileNotRead,

    /// <summary>The input is not a message that IMAP can send.</summary>
    MessageInvalid,

    /// <summary>The message is larger than the server accepts (RFC 7889, APPENDLIMIT).</summary>
    MessageTooLarge,

    /// <summary>An argument cannot be used.</summary>
    ArgumentInvalid,

    /// <summary>An error that this module does not expect. The exception describes it.</summary>
    Unexpected,
}
