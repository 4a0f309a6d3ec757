using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ImapPS.Errors;
using ImapPS.Models;
using MailKit.Search;

namespace ImapPS.Search;

/// <summary>The server's own identifiers of a message or of a thread (OBJECTID, RFC 8474; on Gmail, X-GM-MSGID and X-GM-THRID).</summary>
internal sealed record ObjectIdCriterion(string Parameter, IReadOnlyList<string> Ids, bool IsThread) : Criterion(Parameter)
{
    public override SearchTerm SearchTerm => new ObjectIdTerm(Ids, IsThread);

    public override bool IsMatch(ImapMessage message, ServerAbilities server) =>
        Ids.Contains(IsThread ? message.ThreadId : message.EmailId, StringComparer.Ordinal);

    // MailKit has no query for OBJECTID's keys.
    public override string? Words(ServerAbilities server)
    {
        if (server.Gmail) return null;

        string key = IsThread ? "THREADID" : "EMAILID";
        string words = $"{key} {Ids[Ids.Count - 1]}";
        foreach (string id in Ids.Take(Ids.Count - 1)) words = $"OR {key} {id} {words}";
        return words;
    }

    public override void Check(ServerAbilities server)
    {
        ServerAbilities.Demand(server.Gmail || server.ObjectId, Parameter, "OBJECTID (RFC 8474)");
        foreach (string id in Ids)
        {
            bool valid = server.Gmail
                ? ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out _)
                : id.Length is > 0 and <= 255 && id.All(IsObjectIdCharacter);
            if (!valid)
            {
                throw Failures.FilterInvalid($"'{DisplayText.Printable(id)}' is not an identifier of this server.",
                    $"Give the value of the property {Parameter} of a message.", id);
            }
        }
    }

    private static bool IsObjectIdCharacter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_';

    private sealed record ObjectIdTerm(IReadOnlyList<string> Ids, bool IsThread) : SearchTerm
    {
        protected override SearchQuery? Ask(ServerAbilities server) => server.Gmail
            ? Ids.Select(id => ulong.Parse(id, CultureInfo.InvariantCulture))
                .Select<ulong, SearchQuery>(id => IsThread ? SearchQuery.GMailThreadId(id) : SearchQuery.GMailMessageId(id))
                .Aggregate((one, other) => one.Or(other))
            : null;

        public override SearchTerm Negate() => Unknown;
    }
}
