using System.Globalization;
using System.Text;
using ImapPS.Content;
using ImapPS.Sandbox;
using MimeKit;

namespace ImapPS.Tests.Fuzzing;

/// <summary>A message on a server that tells its structure as MimeKit reads it, or cannot tell it at all.</summary>
internal static class ServedMessage
{
    /// <summary>All that the server says of the message, after the login that was recorded of another.</summary>
    /// <param name="login">That recording.</param>
    /// <param name="message">The message.</param>
    /// <param name="uid">Its UID.</param>
    /// <param name="hasStructure">Whether the server can tell its structure.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public static Recording On(Recording login, byte[] message, uint uid, bool hasStructure, CancellationToken cancellationToken)
    {
        var recording = new Recording(login.Server, login.Work);
        foreach (RecordedExchange exchange in login.Exchanges.TakeWhile(exchange => exchange.Verb != "EXAMINE"))
        {
            recording.Exchanges.Add(exchange);
        }

        Add("EXAMINE INBOX", "* 1 EXISTS\r\n* 0 RECENT\r\n* OK [UIDVALIDITY 1] x\r\n");
        Fetch("", message);
        using MimeEntity? root = hasStructure ? new BodyReader(cancellationToken).Parse(MessageHead.Mend(new MemoryStream(message))) : null;
        string told = root is null ? "NIL" : WireStructure.Of(BodyReader.ShapeOf(root));
        Add(Text($"UID FETCH {uid} (UID INTERNALDATE BODYSTRUCTURE)"),
            Text($"* 1 FETCH (UID {uid} INTERNALDATE \"02-Mar-2026 10:00:00 +0100\" BODYSTRUCTURE {told})\r\n"));
        if (root is not null) FetchParts(root, string.Empty);
        return recording;

        void FetchParts(MimeEntity entity, string number)
        {
            if (entity is Multipart multipart)
            {
                for (int i = 0; i < multipart.Count; i++) FetchParts(multipart[i], PartRules.Child(number, i));
                return;
            }

            using var octets = new MemoryStream();
            if (entity is MimePart part) part.Content?.WriteTo(octets, cancellationToken);
            else (entity as MessagePart)?.Message?.WriteTo(octets, cancellationToken);
            string named = number.Length == 0 ? "1" : number;
            Fetch(named, octets.ToArray());
            using var headers = new MemoryStream();
            entity.Headers.WriteTo(headers, cancellationToken);
            Fetch(named + ".MIME", headers.ToArray());
        }

        void Fetch(string section, byte[] octets)
        {
            string head = Text($"* 1 FETCH (UID {uid} BODY[{section}] {{{octets.Length}}}\r\n");
            Add(Text($"UID FETCH {uid} (BODY.PEEK[{section}])"), head + Encoding.Latin1.GetString(octets) + ")\r\n");
        }

        // What stands for the tag in a recording is no more than text in a message: put in there, the tag would change its length.
        void Add(string command, string answer) => recording.Exchanges.Add(new RecordedExchange(command)
        {
            Answers =
            {
                Encoding.Latin1.GetBytes(answer.Replace(Recording.Tag, "{TAG}", StringComparison.Ordinal) + Recording.Tag + " OK done\r\n"),
            },
        });
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
