using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using ImapPS.Models;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Errors;

/// <summary>What MailKit and the sockets throw, in the module's terms.</summary>
internal static class Translation
{
    /// <summary>True when the exception means that this connection carries no further command.</summary>
    public static bool ConnectionIsGone(Exception exception) => exception
        is ImapProtocolException
        or IOException
        or SocketException
        or TimeoutException
        or OperationCanceledException
        or ServiceNotConnectedException
        or ObjectDisposedException;

    /// <summary>True when the time was up. In TLS that comes within an exception of the stream.</summary>
    public static bool IsLate(Exception exception)
    {
        for (Exception? at = exception; at is not (null or ImapException); at = at.InnerException)
        {
            if (at is TimeoutException) return true;
        }

        return false;
    }

    /// <summary>True when the server sent something that MailKit could not parse, rather than closing the connection.</summary>
    /// <remarks>MailKit throws one type for both, and only its messages tell: these three are what its parser says.</remarks>
    public static bool IsNonsense(Exception exception) => exception is ExcessiveResponseException or UnreadableResponseException
        || (exception is ImapProtocolException { Message: { } message }
        && (message.StartsWith("Syntax error in", StringComparison.Ordinal)
            || message.StartsWith("Literal token length", StringComparison.Ordinal)
            || message.StartsWith("Unexpected TAG", StringComparison.Ordinal)));

    /// <summary>A lost connection, named for the way in which it was lost.</summary>
    public static ImapException Lost(Exception exception, string server, int timeoutSeconds) =>
        IsLate(exception) ? Failures.Timeout(server, timeoutSeconds, exception)
        : IsNonsense(exception) ? Failures.ProtocolError(server, exception)
        : Failures.ConnectionLost(server, exception);

    /// <summary>Any other exception, with the response codes (RFC 5530) of the command that failed.</summary>
    public static ImapException Translate(Exception exception, IReadOnlyCollection<string>? responseCodes = null, object? target = null) =>
        exception switch
        {
            ImapException known => known,
            FolderNotFoundException missing => Failures.FolderNotFound(missing.FolderName, inner: missing),
            ImapCommandException refused => Refused(refused, responseCodes ?? [], target),
            NotSupportedException missing => new ImapException(
                ImapErrorId.NotSupportedByServer, DisplayText.Printable(missing.Message),
                "Get-ImapSession shows the capabilities of the server.", target, missing),
            ArgumentException argument => Failures.ArgumentInvalid(argument.Message, "Correct the argument.", target),
            _ => new ImapException(
                ImapErrorId.Unexpected, DisplayText.Printable(exception.Message), "Report it, with the output of Get-Error.", target,
                exception),
        };

    private static ImapException Refused(ImapCommandException no, IReadOnlyCollection<string> codes, object? target)
    {
        if (NotNow.Is(codes, no.ResponseText))
        {
            bool isLimit = codes.Contains("LIMIT", StringComparer.OrdinalIgnoreCase);
            return Failures.ServerBusy(server: null, no.ResponseText, no, target, isLimit);
        }

        string said = $"The server refused: {DisplayText.Printable(no.ResponseText)}";
        foreach (string code in codes)
        {
            switch (code)
            {
                case "NOPERM":
                    return new ImapException(ImapErrorId.PermissionDenied, said,
                        "Ask the owner or the administrator of the mailbox for the right.", target, no);
                case "OVERQUOTA":
                    return new ImapException(ImapErrorId.QuotaExceeded, said,
                        "Remove messages first, or ask for a larger quota.", target, no);
                case "NONEXISTENT" or "TRYCREATE" when target is string path:
                    return Failures.FolderNotFound(path, inner: no);
                case "ALREADYEXISTS":
                    return new ImapException(ImapErrorId.FolderExists, said, "Choose another name.", target, no);
                case "USEATTR":
                    return new ImapException(ImapErrorId.NotSupportedByServer, said,
                        "Another folder may have the role. Get-ImapFolder -SpecialUse shows it. You can also create "
                        + "the folder without -SpecialUse.", target, no);
                case "TOOBIG":
                    return new ImapException(ImapErrorId.MessageTooLarge, said, "The administrator of the server may raise the limit.",
                        target, no);
                case "BADCHARSET":
                    return new ImapException(ImapErrorId.SearchCharsetUnsupported, said, "Search for ASCII text only.", target, no);
            }
        }

        // Cyrus and Dovecot have no code for it where they keep the rights of administrators.
        if (IsNotPermitted(no.ResponseText))
        {
            return new ImapException(ImapErrorId.PermissionDenied, said, "Log in as an administrator, or ask one.", target, no);
        }

        return new ImapException(ImapErrorId.CommandRejected, said,
            ServerRemedies.Find(no.ResponseText) ?? "To see the protocol exchange, connect with -ProtocolLogPath.", target, no);
    }

    private static bool IsNotPermitted(string words) => words.StartsWith("Permission denied", StringComparison.OrdinalIgnoreCase)
        || words.StartsWith("Quota can be changed only by admin", StringComparison.OrdinalIgnoreCase);
}
