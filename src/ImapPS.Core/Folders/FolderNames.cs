using System;
using System.Collections.Generic;
using System.Linq;
using ImapPS.Errors;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Folders;

/// <summary>Paths of folders: what they may be made of, and how one stands to another.</summary>
internal static class FolderNames
{
    private const string InboxName = "INBOX";

    public static bool IsInbox(string path) => string.Equals(path, InboxName, StringComparison.OrdinalIgnoreCase);

    /// <summary>Names are case-sensitive, except INBOX (RFC 9051, 5.1).</summary>
    public static bool AreSame(string path, string other) => string.Equals(path, other, StringComparison.Ordinal)
        || (IsInbox(path) && IsInbox(other));

    public static bool IsBelow(string path, string above, char delimiter) =>
        delimiter != '\0' && path.Length > above.Length && path[above.Length] == delimiter
            && path.StartsWith(above, StringComparison.Ordinal);

    /// <summary>The path of the folder above; empty for one at the top.</summary>
    public static string Parent(string path, char delimiter)
    {
        int end = delimiter == '\0' ? -1 : path.LastIndexOf(delimiter);
        return end < 0 ? string.Empty : path.Substring(0, end);
    }

    public static string Leaf(string path, char delimiter)
    {
        string parent = Parent(path, delimiter);
        return parent.Length == 0 ? path : path.Substring(parent.Length + 1);
    }

    public static string Join(string parent, string name, char delimiter) => parent.Length == 0 ? name : parent + delimiter + name;

    /// <summary>The delimiter of the namespace that a path is in (RFC 2342): shared folders may have another than one's own.</summary>
    public static char DelimiterFor(ImapClient client, string path) =>
        client.PersonalNamespaces.Concat(client.SharedNamespaces).Concat(client.OtherNamespaces)
            .Where(root => path.StartsWith(root.Path, StringComparison.Ordinal))
            .OrderByDescending(root => root.Path.Length)
            .Select(root => (char?)root.DirectorySeparator)
            .FirstOrDefault() ?? client.Inbox!.DirectorySeparator;

    /// <summary>
    /// The path that a new folder gets. Where all of one's own folders are below a prefix, such as "INBOX.", and the name begins with that
    /// of no namespace, it goes below the prefix.
    /// </summary>
    public static string Rooted(ImapClient client, string path)
    {
        if (path.Length == 0 || IsInbox(path) || client.PersonalNamespaces.Count == 0) return path;

        FolderNamespace own = client.PersonalNamespaces[0];
        bool isPlaced = client.PersonalNamespaces.Concat(client.SharedNamespaces).Concat(client.OtherNamespaces)
            .Any(root => root.Path.Length == 0 || AreSame(path, root.Path) || IsBelow(path, root.Path, root.DirectorySeparator)
                || (IsInbox(root.Path) && path.Length > root.Path.Length && IsInbox(path.Substring(0, root.Path.Length))
                    && path[root.Path.Length] == root.DirectorySeparator));
        return isPlaced ? path : Join(own.Path, path, own.DirectorySeparator);
    }

    /// <summary>True for a folder that is not the user's own: in a namespace of other users, or a shared one (RFC 2342).</summary>
    public static bool IsForeign(ImapClient client, string path) => client.SharedNamespaces.Concat(client.OtherNamespaces)
        .Any(root => root.Path.Length > 0 && (AreSame(path, root.Path) || IsBelow(path, root.Path, root.DirectorySeparator)));

    /// <summary>The names that a path is made of, without the prefix of one's own namespace: what it is on any server.</summary>
    public static IReadOnlyList<string> Parts(ImapClient client, string path)
    {
        char delimiter = DelimiterFor(client, path);
        FolderNamespace? own = client.PersonalNamespaces.FirstOrDefault(root =>
            root.Path.Length > 0 && IsBelow(path, root.Path, root.DirectorySeparator));
        string rest = own is null ? path : path.Substring(own.Path.Length + 1);
        return delimiter == '\0' ? [rest] : rest.Split(delimiter);
    }

    /// <summary>The path of a folder of those names. Where one of them has the delimiter in it, it gets _ instead.</summary>
    public static string PathOf(ImapClient client, IReadOnlyList<string> parts)
    {
        char delimiter = client.PersonalNamespaces.Count > 0 ? client.PersonalNamespaces[0].DirectorySeparator
            : client.Inbox!.DirectorySeparator;
        if (delimiter == '\0') return string.Join("_", parts);

        return Rooted(client, string.Join(delimiter.ToString(), parts.Select(name => name.Replace(delimiter, '_'))));
    }

    /// <summary>Refuses a path that no folder can have.</summary>
    public static void CheckPath(string path, char delimiter)
    {
        if (path.Length == 0) throw Failures.FolderPathEmpty();

        foreach (string name in path.Split(delimiter))
        {
            if (name.Length == 0) throw Failures.FolderPathHasGap(path, delimiter);
            CheckCharacters(name, path);
        }
    }

    /// <summary>Refuses a name that a folder cannot have, and one that is a path.</summary>
    public static void CheckName(string name, char delimiter)
    {
        if (name.Length == 0) throw Failures.FolderPathEmpty();
        if (delimiter != '\0' && name.IndexOf(delimiter) >= 0) throw Failures.FolderNameHasDelimiter(name, delimiter);

        CheckCharacters(name, name);
    }

    /// <summary>
    /// The folder that may have been meant: the same but for case or delimiters, one below another of that name, or one that differs by a
    /// slip of the fingers.
    /// </summary>
    public static string? Nearest(string path, IEnumerable<string> folders)
    {
        List<string> all = [.. folders];
        return all.Find(folder => string.Equals(folder, path, StringComparison.OrdinalIgnoreCase))
            ?? all.Find(folder => string.Equals(Undelimited(folder), Undelimited(path), StringComparison.OrdinalIgnoreCase))
            ?? all.Find(folder => path.Length > 0
                && Undelimited(folder).EndsWith("/" + Undelimited(path), StringComparison.OrdinalIgnoreCase))
            ?? NearestName.Of(path, all);

        static string Undelimited(string folder) => folder.Replace('.', '/').Replace('\\', '/');
    }

    public static void RefuseInbox(string path, string what, string instead)
    {
        if (IsInbox(path)) throw Failures.ArgumentInvalid($"INBOX cannot be {what}.", instead, path);
    }

    /// <summary>A name is Net-Unicode without controls and line separators (RFC 9051, 5.1; RFC 5198).</summary>
    private static void CheckCharacters(string name, string path)
    {
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            if (char.IsHighSurrogate(c) && i + 1 < name.Length && char.IsLowSurrogate(name[i + 1])) i++;
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029') throw Failures.FolderNameHasControl(path, c);
        }
    }
}
