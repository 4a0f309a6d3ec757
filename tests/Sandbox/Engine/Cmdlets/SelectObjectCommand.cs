using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Internal;
using System.Reflection;

namespace ImapPS.Sandbox;

/// <summary>Select-Object: some of the objects, or some of their properties.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private int _seen;
    private readonly Queue<PSObject> _last = new();

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Names, wildcards, or hashtables of Name and Expression.</summary>
    [Parameter(Position = 0)]
    public object[] Property { get; set; } = [];

    [Parameter]
    public string? ExpandProperty { get; set; }

    [Parameter]
    public int First { get; set; } = int.MaxValue;

    [Parameter]
    public int Last { get; set; }

    [Parameter]
    public int Skip { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null || _seen++ < Skip) return;
        if (Last > 0)
        {
            _last.Enqueue(InputObject);
            if (_last.Count > Last) _last.Dequeue();
            return;
        }

        if (_seen - Skip <= First) Emit(InputObject);
        if (_seen - Skip >= First) throw StopUpstream();
    }

    protected override void EndProcessing()
    {
        foreach (var item in _last) Emit(item);
    }

    private void Emit(PSObject item)
    {
        if (ExpandProperty is not null)
            WriteObject(item.Properties[ExpandProperty]?.Value, enumerateCollection: true);
        else
            WriteObject(Property.Length == 0 ? item : Pick(item));
    }

    private PSObject Pick(PSObject item)
    {
        var picked = new PSObject();
        foreach (var (name, value) in Property.SelectMany(wanted => PropertyExpression.From(wanted).Of(item)))
            picked.Properties.Add(new PSNoteProperty(name, value));
        return picked;
    }

    // The only way for a cmdlet to end the pipeline before it, and it is internal.
    private Exception StopUpstream()
    {
        var type = typeof(PSCmdlet).Assembly.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        var constructor = type.GetConstructor(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, [typeof(InternalCommand)])!;
        return (Exception)constructor.Invoke([this]);
    }
}
