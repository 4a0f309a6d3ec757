using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Filters;

/// <summary>The end of a filter's pipeline: hands what comes through back to the cmdlet. It is not exported.</summary>
internal sealed class KeepMessageCommand : Cmdlet
{
    [Parameter(Mandatory = true)]
    public Queue<ImapMessage> Kept { get; set; } = new();

    [Parameter(ValueFromPipeline = true)]
    public ImapMessage? Message { get; set; }

    protected override void ProcessRecord()
    {
        if (Message is not null) Kept.Enqueue(Message);
    }
}
