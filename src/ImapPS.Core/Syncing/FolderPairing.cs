using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using ImapPS.Models;
using MailKit;
using MailKit.Net.Imap;
using ImapFolder = ImapPS.Models.ImapFolder;

namespace ImapPS.Syncing;

/// <summary>
/// Finds the counterpart of each folder: by the caller's own map, else INBOX to INBOX and role to role, else by the same names, which the
/// other server may write with another delimiter and below a prefix. What is below a folder follows it.
/// </summary>
/// <param name="here">All folders of the source.</param>
/// <param name="there">All folders of the destination.</param>
/// <param name="map">The caller's map: paths of the source to paths of the destination.</param>
internal sealed class FolderPairing(IReadOnlyList<ImapFolder> here, IReadOnlyList<ImapFolder> there,
    IReadOnlyDictionary<string, string> map)
{
    private readonly Dictionary<ImapSpecialUse, string> _roles = there
        .Where(folder => folder.SpecialUse != ImapSpecialUse.None && folder.Selectable)
        .GroupBy(folder => folder.SpecialUse)
        .ToDictionary(group => group.Key, group => group.First().Path);

    /// <summary>Pairs folders. Two that would fall on one are an error, and so is a key of the map that names no folder.</summary>
    public async Task<IReadOnlyList<FolderPair>> PairAsync(IEnumerable<ImapFolder> wanted, SyncSides sides,
        CancellationToken cancellationToken)
    {
        foreach (string key in map.Keys.Where(key => !here.Any(folder => FolderNames.AreSame(folder.Path, key))))
        {
            throw Failures.MapNamesNoFolder(key);
        }

        List<ImapFolder> folders = [.. wanted];
        List<IReadOnlyList<string>> parts = await sides.Source
            .RunAsync((client, _) => Task.FromResult(folders.Select(folder => FolderNames.Parts(client, folder.Path)).ToList()),
                cancellationToken).ConfigureAwait(false);
        List<FolderPair> pairs = await sides.Target
            .RunAsync((client, _) => Task.FromResult(folders.Select((folder, i) => Pair(client, folder, parts[i])).ToList()),
                cancellationToken).ConfigureAwait(false);
        bool isSameAccount = sides.Source.SessionId == sides.Target.SessionId;
        foreach (FolderPair pair in pairs)
        {
            if (isSameAccount && FolderNames.AreSame(pair.Source.Path, pair.Destination)) throw Failures.SyncsWithItself(pair.Destination);
            if (pairs.Find(other => other != pair && FolderNames.AreSame(other.Destination, pair.Destination)) is { } other)
            {
                throw Failures.FoldersCollide(pair.Source.Path, other.Source.Path, pair.Destination);
            }
        }

        return
        [
            .. pairs.Select(pair => pair with
            {
                HasVariant = pairs.Exists(other => other != pair
                    && string.Equals(other.Destination, pair.Destination, StringComparison.OrdinalIgnoreCase)),
            }),
        ];
    }

    /// <summary>The user's own folders: those of others, and shared ones, are synchronized only when they are named.</summary>
    public static Task<List<ImapFolder>> OwnAsync(SyncSides sides, IReadOnlyList<ImapFolder> folders,
        CancellationToken cancellationToken) =>
        sides.Source.RunAsync(
            (client, _) =>
            {
                List<FolderNamespace> foreign =
                    [.. client.SharedNamespaces.Concat(client.OtherNamespaces).Where(root => root.Path.Length > 0)];
                return Task.FromResult(folders.Where(folder => !foreign.Exists(root => FolderNames.AreSame(folder.Path, root.Path)
                    || FolderNames.IsBelow(folder.Path, root.Path, root.DirectorySeparator))).ToList());
            },
            cancellationToken);

    private FolderPair Pair(ImapClient client, ImapFolder folder, IReadOnlyList<string> parts)
    {
        string path = Given(folder.Path) ?? (FolderNames.IsInbox(folder.Path) ? folder.Path : null) ?? WithRole(folder)
            ?? Below(client, folder) ?? FolderNames.PathOf(client, parts);
        FolderNames.CheckPath(path, FolderNames.DelimiterFor(client, path));
        return new FolderPair(folder, path,
            there.FirstOrDefault(other => other.Selectable && FolderNames.AreSame(other.Path, path)));
    }

    private string? Given(string path) =>
        map.Where(entry => FolderNames.AreSame(entry.Key, path)).Select(entry => entry.Value).FirstOrDefault();

    private string? WithRole(ImapFolder folder) =>
        folder.SpecialUse != ImapSpecialUse.None && _roles.TryGetValue(folder.SpecialUse, out string? path) ? path : null;

    /// <summary>The place below that of the nearest folder above which has one of its own; what is below INBOX has none.</summary>
    private string? Below(ImapClient client, ImapFolder folder)
    {
        char delimiter = FolderTree.DelimiterOf(folder);
        for (string above = FolderNames.Parent(folder.Path, delimiter); above.Length > 0 && !FolderNames.IsInbox(above);
            above = FolderNames.Parent(above, delimiter))
        {
            string? place = Given(above);
            if (place is null && here.FirstOrDefault(other => FolderNames.AreSame(other.Path, above)) is { } parent)
            {
                place = WithRole(parent);
            }

            if (place is null) continue;

            char separator = FolderNames.DelimiterFor(client, place);
            IEnumerable<string> names = folder.Path.Substring(above.Length + 1).Split(delimiter);
            return separator == '\0'
                ? string.Join("_", [place, .. names])
                : string.Join(separator.ToString(), [place, .. names.Select(name => name.Replace(separator, '_'))]);
        }

        return null;
    }
}
