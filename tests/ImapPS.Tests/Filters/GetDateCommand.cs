using System.Management.Automation;

namespace Microsoft.PowerShell.Commands;

/// <summary>Stands in for PowerShell's, which the engine's package does not have: 2 March 2026, for ever.</summary>
[Cmdlet(VerbsCommon.Get, "Date")]
public sealed class GetDateCommand : Cmdlet
{
    protected override void ProcessRecord() => WriteObject(new DateTime(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc));
}
