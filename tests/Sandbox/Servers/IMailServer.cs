using System;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>An IMAP server of one's own on 127.0.0.1, in clear, whatever program it is. It dies with this process.</summary>
public interface IMailServer : IAsyncDisposable
{
    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>Its makers' version, without the distribution's.</summary>
    string Version { get; }

    /// <summary>The port that begins in clear.</summary>
    int Port { get; }

    /// <summary>What all names of personal folders begin with, but INBOX; empty on most servers.</summary>
    string Prefix => "";

    /// <summary>The character between the parts of a folder's path.</summary>
    char Delimiter => '/';

    /// <summary>A user with an empty mailbox.</summary>
    Task<MailLogin> AddUserAsync(CancellationToken cancellationToken = default);

    /// <summary>Puts a message into the user's INBOX, from outside.</summary>
    async Task DeliverAsync(MailLogin user, byte[] message, CancellationToken cancellationToken = default)
    {
        await using var client = await ConnectAsync(user, cancellationToken);
        await client.AppendAsync("INBOX", message, cancellationToken: cancellationToken);
    }

    /// <summary>A raw IMAP connection, logged in.</summary>
    async Task<RawImapClient> ConnectAsync(MailLogin user, CancellationToken cancellationToken = default)
    {
        var client = await RawImapClient.ConnectAsync(Port, cancellationToken);
        await client.LoginAsync(user.Name, user.Password, cancellationToken);
        return client;
    }
}

/// <summary>What a user types to log in.</summary>
public sealed record MailLogin(string Name, string Password)
{
    /// <summary>A password that nobody has used before.</summary>
    internal static string NewPassword() => "correct-horse-" + Guid.NewGuid().ToString("N")[..8];
}
