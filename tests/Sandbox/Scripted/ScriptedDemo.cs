using System;
using System.Globalization;
using System.Linq;

namespace ImapPS.Sandbox;

/// <summary>The demo mailbox on a scripted server, for systems on which Dovecot does not run.</summary>
internal static class ScriptedDemo
{
    private static readonly string[] _roles = ["Archive", "Drafts", "Junk", "Sent", "Trash"];

    public static ScriptedServer Start(DateTimeOffset now)
    {
        var server = ScriptedServer.Start();
        foreach (var role in _roles)
        {
            var children = role is "Archive" ? @"\HasChildren" : @"\HasNoChildren";
            server.Mailbox.CreateFolder(role, $@"{children} \{role}");
        }

        foreach (var message in DemoMailbox.Everything().OrderByDescending(message => message.Age)) Deliver(server.Mailbox, message, now);
        return server;
    }

    public static SandboxAccess Access(ScriptedServer server) => new("127.0.0.1", server.Port, 0, "", "alice", "correct-horse-scripted")
    {
        Security = "None",
    };

    private static void Deliver(ScriptedMailbox mailbox, DemoMessage message, DateTimeOffset now)
    {
        var date = now - message.Age;
        var delivered = mailbox.Deliver(message.Folder, message.Build(date));
        var flags = Enum.GetValues<SystemFlags>().Where(flag => flag is not SystemFlags.None && message.Flags.HasFlag(flag));
        delivered.Flags = string.Join(' ', flags.Select(flag => $@"\{flag}").Concat(message.Keywords));
        delivered.InternalDate = $"\"{date.ToUniversalTime().ToString("dd-MMM-yyyy HH:mm:ss", CultureInfo.InvariantCulture)} +0000\"";
        OldStructure.Tell(delivered);
    }
}
