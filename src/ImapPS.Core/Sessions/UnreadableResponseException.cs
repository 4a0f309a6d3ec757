using System;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>
/// An answer that MailKit stumbles over with another exception than for syntax, such as a date that no calendar has. What follows on the
/// connection makes no sense then, so it ends.
/// </summary>
internal sealed class UnreadableResponseException : ImapProtocolException
{
    public UnreadableResponseException()
    {
    }

    public UnreadableResponseException(string message)
        : base(message)
    {
    }

    public UnreadableResponseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
