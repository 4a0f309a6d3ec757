using System.Collections.Generic;

namespace ImapPS.Benchmarks.Tools;

/// <summary>All that is measured, in the order of the page.</summary>
internal static class ToolTable
{
    public static IReadOnlyList<ITool> All { get; } =
    [
        new BareShellTool(),
        new ImapPsTool(),
        new MailKitTool(isWellUsed: true),
        new MailKitTool(isWellUsed: false),
        new ImaplibTool(),
        new ImapflowTool(),
        new ImapfilterTool(),
        new MbsyncTool(),
    ];
}
