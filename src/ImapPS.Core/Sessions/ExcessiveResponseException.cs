using System;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>
/// A server's answer that would take more memory than any honest one needs. It ends the connection, as all that MailKit cannot parse does.
/// </summary>
internal sealed class ExcessiveResponseException : ImapProtocolException
{
    public ExcessiveResponseException()
    {
    }

    public ExcessiveResponseException(string message)
        : base(message)
    {
    }

    public ExcessiveResponseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
