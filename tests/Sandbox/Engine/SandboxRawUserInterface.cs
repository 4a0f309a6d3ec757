using System;
using System.Linq;
using System.Management.Automation.Host;

namespace ImapPS.Sandbox;

/// <summary>A console of so many columns, of which PowerShell only wants to know how much fits into a line.</summary>
internal sealed class SandboxRawUserInterface(int width) : PSHostRawUserInterface
{
    private const int Lines = 50;

    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    public override Size BufferSize { get; set; } = new(width, Lines);

    public override Coordinates CursorPosition { get; set; }

    public override int CursorSize { get; set; } = 25;

    public override bool KeyAvailable => false;

    public override Size MaxPhysicalWindowSize => BufferSize;

    public override Size MaxWindowSize => BufferSize;

    public override Coordinates WindowPosition { get; set; }

    public override Size WindowSize { get; set; } = new(width, Lines);

    public override string WindowTitle { get; set; } = "";

    public override int LengthInBufferCells(string source) => source.Sum(LengthInBufferCells);

    public override int LengthInBufferCells(string source, int offset) => LengthInBufferCells(source[offset..]);

    // As the console host of PowerShell reckons it.
    public override int LengthInBufferCells(char source) => source switch
    {
        >= '\u1100' and <= '\u115f' or '\u2329' or '\u232a' => 2,
        >= '\u2e80' and <= '\ua4cf' and not '\u303f' => 2,
        >= '\uac00' and <= '\ud7a3' or >= '\uf900' and <= '\ufaff' => 2,
        >= '\ufe10' and <= '\ufe19' or >= '\ufe30' and <= '\ufe6f' => 2,
        >= '\uff00' and <= '\uff60' or >= '\uffe0' and <= '\uffe6' => 2,
        _ => 1,
    };

    public override void FlushInputBuffer()
    {
    }

    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw Unsupported();

    public override KeyInfo ReadKey(ReadKeyOptions options) => throw Unsupported();

    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) =>
        throw Unsupported();

    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw Unsupported();

    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw Unsupported();

    private static NotSupportedException Unsupported() => new("The sandbox has no screen.");
}
