using System.Collections.Generic;
using System.Linq;
using ImapPS.Models;

namespace ImapPS.Administration;

/// <summary>The letters of rights (RFC 4314), in the RFC's order.</summary>
internal static class RightLetters
{
    private const string Known = "lrswipkxteacd";

    /// <summary>The rights that RFC 2086 does not have. A server that has them tells so (RIGHTS=).</summary>
    private const string Newer = "kxte";

    private static readonly ImapFolderRights[] _rights =
    [
        ImapFolderRights.Lookup, ImapFolderRights.Read, ImapFolderRights.Seen, ImapFolderRights.Write, ImapFolderRights.Insert,
        ImapFolderRights.Post, ImapFolderRights.CreateFolder, ImapFolderRights.DeleteFolder, ImapFolderRights.DeleteMessage,
        ImapFolderRights.Expunge, ImapFolderRights.Administer, ImapFolderRights.Create, ImapFolderRights.Delete,
    ];

    /// <summary>The rights among the letters.</summary>
    public static ImapFolderRights Read(string letters) =>
        letters.Aggregate(ImapFolderRights.None, (rights, letter) =>
            Known.IndexOf(letter) is var at and >= 0 ? rights | _rights[at] : rights);

    public static string Of(ImapFolderRights rights) =>
        string.Concat(Known.Where((_, at) => (rights & _rights[at]) != ImapFolderRights.None));

    /// <summary>An entry of an access list.</summary>
    public static ImapFolderPermission Permission(int session, string folder, string identifier, string letters) => new()
    {
        SessionId = session,
        Folder = folder,
        Identifier = identifier,
        Rights = Read(letters),
        Letters = Sorted(letters),
    };

    /// <summary>The letters in order, each once; those that only the server knows come last.</summary>
    public static string Sorted(IEnumerable<char> letters) =>
        string.Concat(letters.Where(letter => letter > ' ').Distinct()
            .OrderBy(letter => Known.IndexOf(letter) is var at and >= 0 ? at : Known.Length + letter));

    /// <summary>
    /// The letters as a server takes them. One that has the rights of RFC 4314 shows c beside k and x, and d beside t, e and x, and would
    /// take each of them for all of these. An older one knows but c and d.
    /// </summary>
    /// <param name="letters">The letters.</param>
    /// <param name="offered">The letters that the server announces beside those of RFC 2086.</param>
    public static string For(string letters, string offered)
    {
        bool creates = letters.Any(letter => letter is 'k' or 'x');
        bool deletes = letters.Any(letter => letter is 't' or 'e' or 'x');
        return offered.Any(letter => Newer.IndexOf(letter) >= 0)
            ? Sorted(letters.Where(letter => letter switch { 'c' => !creates, 'd' => !deletes, _ => true }))
            : Sorted(letters.Select(letter => letter switch { 'k' or 'x' => 'c', 't' or 'e' => 'd', _ => letter }));
    }

    /// <summary>The letters that a server does not have.</summary>
    public static string Unknown(string letters, string offered) =>
        string.Concat(letters.Where(letter => Known.IndexOf(letter) < 0 && offered.IndexOf(letter) < 0));
}
