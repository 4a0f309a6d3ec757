using MailKit.Net.Imap;

namespace ImapPS.Errors;

/// <summary>Tells errors of the connection from those of a command.</summary>
internal static class Loss
{
    /// <summary>
    /// True when the connection is gone, or cannot be had again for whatever reason, or the session was closed: then what was under way is
    /// not known.
    /// </summary>
    public static bool Is(ImapException exception) => exception.Id is ImapErrorId.ConnectionLost or ImapErrorId.Timeout
        or ImapErrorId.ProtocolError or ImapErrorId.ServerBusy or ImapErrorId.ConnectionFailed or ImapErrorId.ProxyFailed
        or ImapErrorId.AuthenticationFailed
        or ImapErrorId.TlsFailed or ImapErrorId.CertificateRejected or ImapErrorId.PlaintextRefused or ImapErrorId.SessionNotFound;

    /// <summary>True when the server has answered the command with "not now": it has done nothing of it.</summary>
    public static bool IsRefusalForNow(ImapException exception) =>
        exception is { Id: ImapErrorId.ServerBusy, InnerException: ImapCommandException };

    /// <summary>True when the server has answered the command with NO or BAD.</summary>
    public static bool IsRefusal(ImapException exception) => exception.InnerException is ImapCommandException;
}
