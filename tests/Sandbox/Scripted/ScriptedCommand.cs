using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace ImapPS.Sandbox;

/// <summary>A command that a client sent to a scripted server.</summary>
public sealed class ScriptedCommand
{
    internal ScriptedCommand(int connectionNumber, string line, IReadOnlyList<byte[]> literals)
    {
        var words = line.Split(' ', 3);
        ConnectionNumber = connectionNumber;
        Line = line;
        Literals = literals;
        Tag = words[0];
        Verb = words.ElementAtOrDefault(1)?.ToUpperInvariant() ?? "";
        Arguments = words.ElementAtOrDefault(2) ?? "";
        if (Verb is not "UID") return;

        var rest = Arguments.Split(' ', 2);
        Verb = $"UID {rest[0].ToUpperInvariant()}";
        Arguments = rest.ElementAtOrDefault(1) ?? "";
    }

    /// <summary>1 for the first connection that the server accepted, and so on.</summary>
    public int ConnectionNumber { get; }

    public string Tag { get; }

    /// <summary>The command's name in capitals: "LIST", "UID FETCH".</summary>
    public string Verb { get; }

    /// <summary>What follows the name; a literal stands there as {12}, without its line end and octets.</summary>
    public string Arguments { get; }

    /// <summary>The whole line, with literals as in <see cref="Arguments"/>.</summary>
    public string Line { get; }

    /// <summary>The octets of the literals, in order.</summary>
    public IReadOnlyList<byte[]> Literals { get; }

    /// <summary>The name of a folder that the arguments begin with; it may be a literal.</summary>
    internal string FolderName => Arguments.StartsWith('{') && Literals.Count > 0
        ? Encoding.UTF8.GetString(Literals[0])
        : ScriptedMailbox.Unquote(Arguments);

    public override string ToString() => Line;
}
