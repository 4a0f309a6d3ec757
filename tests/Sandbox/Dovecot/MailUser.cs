using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>A user of the server, whose mailbox can be filled directly on disk.</summary>
public sealed class MailUser
{
    private readonly string _home;
    private readonly Maildir _maildir;

    internal MailUser(DovecotServer server, string name)
    {
        Server = server;
        Name = name;
        _home = Path.Combine(server.Directory, "users", name);
        server.Account.CreateDirectory(_home);
        _maildir = new Maildir(Path.Combine(_home, "Maildir"), server.HierarchyDelimiter, server.Account);
        _maildir.CreateFolder("INBOX");
    }

    public DovecotServer Server { get; }

    public string Name { get; }

    public string Password => Server.Password;

    /// <summary>Makes a folder, unless it is there.</summary>
    public void CreateFolder(string path) => _maildir.CreateFolder(path);

    /// <summary>Puts a message into a folder, which is made where it is missing.</summary>
    public void Deliver(string folder, string rawMessage, MessageState? state = null) =>
        Deliver(folder, Encoding.UTF8.GetBytes(rawMessage), state);

    /// <summary>Puts a message, byte for byte, into a folder, which is made where it is missing.</summary>
    public void Deliver(string folder, byte[] rawMessage, MessageState? state = null)
    {
        _maildir.CreateFolder(folder);
        _maildir.Deliver(folder, rawMessage, state ?? new MessageState());
    }

    /// <summary>Puts many messages into a folder; their UIDs come in the order of the index.</summary>
    public void DeliverMany(string folder, int count, Func<int, SeedMessage> message)
    {
        _maildir.CreateFolder(folder);
        _maildir.DeliverMany(folder, Enumerable.Range(0, count).Select(message));
    }

    /// <summary>Removes the mail of a user whom nobody needs any more; what Dovecot still writes goes with the server.</summary>
    public void Discard()
    {
        try
        {
            Directory.Delete(_home, recursive: true);
        }
        catch (IOException)
        {
            // Dovecot made a file in a folder that was about to go.
        }
    }

    /// <summary>A raw IMAP connection, logged in.</summary>
    public async Task<RawImapClient> ConnectAsync(CancellationToken cancellationToken = default)
    {
        var client = await RawImapClient.ConnectAsync(Server.Port, cancellationToken);
        await client.LoginAsync(Name, Password, cancellationToken);
        return client;
    }
}
