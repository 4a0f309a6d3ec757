using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ImapPS.Filters;
using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Pipeline.Listing;

/// <summary>The messages that measurements have counted, for who reads them.</summary>
internal sealed class MeasuredGroups(PSCmdlet cmdlet) : IDisposable
{
    /// <summary>What a filter of a measurement cannot see, with what to do about it.</summary>
    private static readonly Dictionary<string, string> _absent =
        MessageFilter.NotFetched("Use Get-ImapMessage and Group-Object for this.");

    private readonly Dictionary<ScriptBlock, MessageFilter> _filters = [];

    /// <summary>The folder itself, or those of the measurement that stands for it.</summary>
    public static IEnumerable<FolderPath> Folders(FolderPath folder) => folder.Measure is { } measure
        ? measure.Folder.Select(path => new FolderPath(path, sessionId: null, uidValidity: null) { Session = folder.Session })
        : [folder];

    /// <summary>Compiles the filter of a measurement.</summary>
    public static MessageFilter Compile(ScriptBlock filter, PSCmdlet cmdlet) => MessageFilter.Compile(filter, cmdlet, _absent);

    /// <summary>What was counted: the criteria of the measurement, and the group.</summary>
    public WantedMessages Wanted(ImapMeasure measure)
    {
        MessageFilter? filter = measure.Filter is ScriptBlock block ? FilterOf(block) : null;
        IEnumerable<GroupCriterion> groups = measure.By
            .Select((name, i) => new GroupCriterion(Grouping(name), measure.Values[i]))
            .Where(criterion => criterion.By != ImapGrouping.Folder);
        return new WantedMessages(measure.Wanted.And([.. groups]), filter);
    }

    public void Dispose()
    {
        foreach (MessageFilter filter in _filters.Values) filter.Dispose();
    }

    private static ImapGrouping Grouping(string name) =>
        Enum.TryParse(name, ignoreCase: true, out ImapGrouping by) ? by
        : throw new ArgumentOutOfRangeException(nameof(name));

    private MessageFilter FilterOf(ScriptBlock block)
    {
        if (!_filters.TryGetValue(block, out MessageFilter? filter)) _filters.Add(block, filter = Compile(block, cmdlet));
        return filter;
    }
}
