using System;
using System.Threading.Tasks;
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

    /// <summary>True for what MailKit throws at answers that it did not foresee.</summary>
    public static bool IsStumble(Exception exception) => exception is FormatException or OverflowException or IndexOutOfRangeException
        or NullReferenceException or InvalidCastException or ArgumentOutOfRangeException or ArgumentNullException;

    /// <summary>Talks to a server. Where MailKit stumbles over what it says, the answer is what is wrong.</summary>
    public static async Task<T> FromAsync<T>(Func<Task<T>> talk)
    {
        try
        {
            return await talk().ConfigureAwait(false);
        }
        catch (Exception broken) when (IsStumble(broken))
        {
            throw new UnreadableResponseException(broken.Message, broken);
        }
    }

    /// <inheritdoc cref="FromAsync{T}"/>
    public static Task FromAsync(Func<Task> talk) => FromAsync(async () =>
    {
        await talk().ConfigureAwait(false);
        return true;
    });
}
