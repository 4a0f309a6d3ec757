using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace ImapPS.Sandbox;

/// <summary>Sort-Object: the objects in the order of themselves or of their properties.</summary>
[Cmdlet("Sort", "Object")]
public sealed class SortObjectCommand : PSCmdlet
{
    private readonly List<PSObject> _items = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public SwitchParameter Descending { get; set; }

    [Parameter]
    public SwitchParameter Unique { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null) _items.Add(InputObject);
    }

    protected override void EndProcessing()
    {
        var keys = Property.Select(PropertyExpression.From).ToList();
        var comparer = Comparer<object?[]>.Create(Compare);
        var keyed = _items.Select(item => (Item: item, Key: KeyOf(item)));
        var sorted = Descending ? keyed.OrderByDescending(pair => pair.Key, comparer) : keyed.OrderBy(pair => pair.Key, comparer);

        object?[]? previous = null;
        foreach (var (item, key) in sorted)
        {
            if (!Unique || previous is null || Compare(previous, key) != 0) WriteObject(item);
            previous = key;
        }

        object?[] KeyOf(PSObject item) => keys.Count == 0 ? [item] : [.. keys.SelectMany(key => key.Of(item)).Select(pair => pair.Value)];
    }

    private static int Compare(object?[] left, object?[] right) =>
        left.Zip(right, (first, second) => LanguagePrimitives.Compare(first, second, ignoreCase: true, CultureInfo.CurrentCulture)).FirstOrDefault(order => order != 0);
}
