using System.Globalization;
using System.Text;

namespace ImapPS.Tests.Transfers;

/// <summary>Files to import, and what the server has of them.</summary>
public abstract class ImportTest(MailServer mail) : ModuleTest(mail)
{
    /// <summary>Below the server's own directory, which goes with it.</summary>
    protected string Files => Directory.CreateDirectory(Path.Combine(Dovecot.Directory, "imported", User.Name)).FullName;

    /// <summary>What IMAP makes of line ends.</summary>
    protected static byte[] WithReturns(byte[] message)
    {
        var octets = new List<byte>(message.Length);
        foreach (byte octet in message)
        {
            if (octet == '\n' && (octets.Count == 0 || octets[^1] != '\r')) octets.Add((byte)'\r');
            octets.Add(octet);
        }

        return [.. octets];
    }

    protected string Write(string name, string latin1) => Write(name, Octets(latin1));

    protected string Write(string name, byte[] octets, DateTimeOffset? time = null)
    {
        string path = Path.Combine(Files, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, octets);
        if (time is { } at) File.SetLastWriteTimeUtc(path, at.UtcDateTime);
        return path;
    }

    /// <summary>An mbox, the way programs write it that know nothing of this module.</summary>
    protected static byte[] Mbox(IEnumerable<string> messages)
    {
        var text = new StringBuilder();
        foreach (string message in messages)
        {
            text.Append(CultureInfo.InvariantCulture, $"From someone@example.org Mon Mar  2 10:00:00 2026\n");
            foreach (string line in message.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n').Split('\n'))
            {
                if (line.TrimStart('>').StartsWith("From ", StringComparison.Ordinal)) text.Append('>');
                text.Append(line).Append('\n');
            }

            text.Append('\n');
        }

        return Octets(text.ToString());
    }
}
