using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Folders;
using MailKit.Net.Imap;
using ImapFolder = ImapPS.Models.ImapFolder;

namespace ImapPS.Syncing;

/// <summary>
/// Finds the counterpart of each folder: by the caller's own map, else INBOX to INBOX and role to role, else by the same names, which the
/// other server may write with another delimiter and below a prefix. What is below a folder follows it. Roles and names lead only from
/// the user's own folders to the user's own: a shared folder that happens to have the name is somebody else's.
/// </summary>
/// <param name="here">All folders of the source.</param>
/// <param name="there">All folders of the destination.</param>
/// <param name="map">The caller's map: paths of the source to paths of the destination.</param>
internal sealed class FolderPairing(IReadOnlyList<ImapFolder> here, IReadOnlyList<ImapFolder> there,
    IReadOnlyDictionary<string, string> map)
{
    private readonly ILookup<string, ImapFolder> _there = there.ToLookup(folder => folder.Path, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<string>> _parts = new(StringComparer.Ordinal);
    private HashSet<string> _own = [];
    private IReadOnlyDictionary<string, string> _roles = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Pairs folders. Two that would fall on one are an error, and so is a key of the map that names no folder.</summary>
    public async Task<FolderPlan> PairAsync(IEnumerable<ImapFolder> wanted, SyncSides sides, CancellationToken cancellationToken)
    {
        foreach (string key in map.Keys.Where(key => !here.Any(folder => FolderNames.AreSame(folder.Path, key))))
        {
            throw Failures.MapNamesNoFolder(key);
        }

        await sides.Source.RunAsync((client, _) => Task.FromResult(Read(client)), cancellationToken).ConfigureAwait(false);
        FolderPlan plan = await sides.Target.RunAsync((client, _) => Task.FromResult(Pair(client, wanted)), cancellationToken)
            .ConfigureAwait(false);
        bool isSameAccount = sides.Source.SessionId == sides.Target.SessionId;
        ILookup<string, FolderPair> places = plan.Pairs.ToLookup(pair => pair.Destination, StringComparer.OrdinalIgnoreCase);
        foreach (FolderPair pair in plan.Pairs)
        {
            if (isSameAccount && FolderNames.AreSame(pair.Source.Path, pair.Destination)) throw Failures.SyncsWithItself(pair.Destination);
            if (places[pair.Destination].FirstOrDefault(other => other != pair
                && FolderNames.AreSame(other.Destination, pair.Destination)) is { } other)
            {
                throw Failures.FoldersCollide(pair.Source.Path, other.Source.Path, pair.Destination);
            }
        }

        return plan with { Pairs = [.. plan.Pairs.Select(pair => pair with { HasVariant = IsVariant(pair) })] };

        bool IsVariant(FolderPair pair) => _there[pair.Destination].Select(folder => folder.Path)
            .Concat(places[pair.Destination].Select(other => other.Destination))
            .Any(path => !FolderNames.AreSame(path, pair.Destination));
    }

    /// <summary>The user's own folders: those of others, and shared ones, are synchronized only when they are named.</summary>
    public static Task<List<ImapFolder>> OwnAsync(SyncSides sides, IReadOnlyList<ImapFolder> folders,
        CancellationToken cancellationToken) =>
        sides.Source.RunAsync(
            (client, _) => Task.FromResult(folders.Where(folder => !FolderNames.IsForeign(client, folder.Path)).ToList()),
            cancellationToken);

    private bool Read(ImapClient client)
    {
        foreach (ImapFolder folder in here) _parts[folder.Path] = FolderNames.Parts(client, folder.Path);
        _own = [.. here.Select(folder => folder.Path).Where(path => !FolderNames.IsForeign(client, path))];
        return true;
    }

    private FolderPlan Pair(ImapClient client, IEnumerable<ImapFolder> wanted)
    {
        _roles = FolderRoles.Match(
            here.Where(folder => _own.Contains(folder.Path) && Given(client, folder.Path) is null)
                .Select(folder => (folder, FolderNames.PathOf(client, _parts[folder.Path]))),
            there.Where(folder => !FolderNames.IsForeign(client, folder.Path)));
        List<FolderPair> pairs = [];
        List<ImapException> failures = [];
        foreach (ImapFolder folder in wanted)
        {
            string? given = Given(client, folder.Path);
            try
            {
                pairs.Add(Pair(client, folder, given));
            }
            catch (ImapException impossible) when (given is null)
            {
                failures.Add(impossible);
            }
        }

        return new FolderPlan(pairs, failures);
    }

    private FolderPair Pair(ImapClient client, ImapFolder folder, string? given)
    {
        string path = given ?? (FolderNames.IsInbox(folder.Path) ? folder.Path : null) ?? WithRole(folder.Path)
            ?? Below(client, folder) ?? FolderNames.PathOf(client, _parts[folder.Path]);
        FolderNames.CheckPath(path, FolderNames.DelimiterFor(client, path));
        bool isNamed = given is not null || Above(folder).Any(above => Given(client, above) is not null);
        if (!isNamed && _own.Contains(folder.Path) && FolderNames.IsForeign(client, path))
        {
            throw Failures.FolderIsOfOthers(folder.Path, path);
        }

        ImapFolder? other = _there[path].FirstOrDefault(other => other.Selectable && FolderNames.AreSame(other.Path, path));
        return new FolderPair(folder, other?.Path ?? path, other);
    }

    /// <summary>What the caller wants, written as a folder of that path is made: below the prefix, where the server has one.</summary>
    private string? Given(ImapClient client, string path) => map
        .Where(entry => FolderNames.AreSame(entry.Key, path))
        .Select(entry => FolderNames.Rooted(client, entry.Value))
        .FirstOrDefault();

    private string? WithRole(string folder) => _roles.TryGetValue(folder, out string? path) ? path : null;

    /// <summary>The place below that of the nearest folder above which has one of its own.</summary>
    private string? Below(ImapClient client, ImapFolder folder)
    {
        foreach (string above in Above(folder))
        {
            if ((Given(client, above) ?? WithRole(above)) is not { } place) continue;

            char separator = FolderNames.DelimiterFor(client, place);
            IEnumerable<string> names = folder.Path.Substring(above.Length + 1).Split(FolderTree.DelimiterOf(folder));
            return separator == '\0'
                ? string.Join("_", [place, .. names])
                : string.Join(separator.ToString(), [place, .. names.Select(name => name.Replace(separator, '_'))]);
        }

        return null;
    }

    /// <summary>The folders above, the nearest first; what is below INBOX does not follow it.</summary>
    private static IEnumerable<string> Above(ImapFolder folder)
    {
        char delimiter = FolderTree.DelimiterOf(folder);
        for (string above = FolderNames.Parent(folder.Path, delimiter); above.Length > 0 && !FolderNames.IsInbox(above);
            above = FolderNames.Parent(above, delimiter))
        {
            yield return above;
        }
    }
}
