using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace ImapPS.Sandbox;

/// <summary>Measure-Object: how many objects, and what becomes of a number in each.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object")]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private readonly List<double> _values = [];
    private int _count;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string? Property { get; set; }

    [Parameter]
    public SwitchParameter Sum { get; set; }

    [Parameter]
    public SwitchParameter Average { get; set; }

    [Parameter]
    public SwitchParameter Minimum { get; set; }

    [Parameter]
    public SwitchParameter Maximum { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null) return;
        var value = Property is null ? InputObject : InputObject.Properties[Property]?.Value;
        if (value is null) return;
        _count++;
        if (Sum || Average || Minimum || Maximum) _values.Add(LanguagePrimitives.ConvertTo<double>(value));
    }

    protected override void EndProcessing()
    {
        var result = new PSObject();
        result.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GenericMeasureInfo");
        Add("Count", _count);
        Add("Average", Average ? _values.Average() : null);
        Add("Sum", Sum ? _values.Sum() : null);
        Add("Maximum", Maximum ? _values.Max() : null);
        Add("Minimum", Minimum ? _values.Min() : null);
        Add("Property", Property);
        WriteObject(result);

        void Add(string name, object? value) => result.Properties.Add(new PSNoteProperty(name, value));
    }
}
