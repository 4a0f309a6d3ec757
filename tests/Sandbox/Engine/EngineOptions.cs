using System.Globalization;

namespace ImapPS.Sandbox;

/// <summary>The console that an engine pretends to be.</summary>
public sealed record EngineOptions
{
    /// <summary>Whether the module is imported at the start.</summary>
    public bool ImportModule { get; init; } = true;

    /// <summary>Columns.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Refuses every question, as pwsh -NonInteractive does.</summary>
    public bool NonInteractive { get; init; }

    /// <summary>Understands escape sequences, so that PowerShell colours what it prints.</summary>
    public bool Ansi { get; init; }

    /// <summary>The culture that scripts run under.</summary>
    public CultureInfo Culture { get; init; } = CultureInfo.InvariantCulture;
}
