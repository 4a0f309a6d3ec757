using System.Management.Automation;
using ImapPS.Errors;
using ImapPS.Filters;
using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Tests.Filters;

/// <summary>What Get-ImapMessage -Filter does, without a server: the messages that the block leaves, or what it was compiled to.</summary>
[Cmdlet(VerbsDiagnostic.Test, "Filter")]
public sealed class TestFilterCommand : PSCmdlet, IDisposable
{
    private MessageFilter? _filter;

    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock Filter { get; set; } = null!;

    [Parameter(ValueFromPipeline = true)]
    public ImapMessage? Message { get; set; }

    [Parameter]
    public ImapMessage[] Messages { get; set; } = [];

    /// <summary>Emits the SEARCH.</summary>
    [Parameter]
    public SwitchParameter Search { get; set; }

    /// <summary>Emits what is left to the module.</summary>
    [Parameter]
    public SwitchParameter Left { get; set; }

    /// <summary>Emits the condition.</summary>
    [Parameter]
    public SwitchParameter SearchTerm { get; set; }

    public void Dispose() => _filter?.Dispose();

    protected override void BeginProcessing()
    {
        try
        {
            _filter = MessageFilter.Compile(Filter, this, new Dictionary<string, string>(StringComparer.Ordinal));
        }
        catch (ImapException invalid)
        {
            ThrowTerminatingError(ErrorTable.ToRecord(invalid));
            throw;
        }

        if (Search) WriteObject(QueryText.Of(_filter.SearchTerm.ToQuery(new ServerAbilities())));
        if (Left) WriteObject(_filter.ComparedLocally, enumerateCollection: true);
        if (SearchTerm) WriteObject(_filter.SearchTerm);
        Emit(Messages);
    }

    protected override void ProcessRecord()
    {
        if (Message is not null) Emit([Message]);
    }

    private void Emit(IReadOnlyList<ImapMessage> messages)
    {
        foreach (ImapMessage message in _filter!.Where(messages)) WriteObject(message);
    }
}
