using System;
using System.Collections.Generic;
using System.Management.Automation;
using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Pipeline;

internal sealed class MessageFilter : IDisposable
{
    public Condition Condition { get; } = Condition.Unknown;

    public IReadOnlyList<string> Left { get; } = [];

    public static MessageFilter Compile(ScriptBlock block, PSCmdlet cmdlet) => new();

    public IEnumerable<ImapMessage> Where(Cmdlet cmdlet, IReadOnlyList<ImapMessage> messages) => Left.Count >= 0 ? messages : [];

    public void End() => _ = Left;

    public void Dispose()
    {
    }
}
