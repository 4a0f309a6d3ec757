using System;
using System.Globalization;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sandbox;

/// <summary>The system account that owns the mail: our own, or <c>nobody</c> when we are root, as Dovecot serves no mail as root.</summary>
internal sealed record MailAccount(string Name, string Group, uint Uid, uint Gid, bool IsOurs)
{
    public static async Task<MailAccount> FindAsync(CancellationToken cancellationToken)
    {
        var ours = !Environment.IsPrivilegedProcess;
        string[] who = ours ? [] : ["nobody"];
        return new MailAccount(
            await AskAsync("-un"),
            await AskAsync("-gn"),
            uint.Parse(await AskAsync("-u"), CultureInfo.InvariantCulture),
            uint.Parse(await AskAsync("-g"), CultureInfo.InvariantCulture),
            ours);

        Task<string> AskAsync(string question) => Tool.RunAsync("id", [question, .. who], cancellationToken);
    }

    /// <summary>Makes a directory, and those above it, that the account may write to.</summary>
    public void CreateDirectory(string path)
    {
        if (Directory.Exists(path)) return;
        CreateDirectory(Path.GetDirectoryName(path)!);
        Directory.CreateDirectory(path);
        Own(path);
    }

    /// <summary>Gives a file or directory that we made to the account.</summary>
    public void Own(string path)
    {
        if (!IsOurs) Posix.ChangeOwner(path, Uid, Gid);
    }
}
