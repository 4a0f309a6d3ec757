namespace ImapPS.Tests.Servers;

/// <summary>One statement of the suite. Its output is text, with ", " between the objects.</summary>
/// <remarks>
/// In the script, $port, $credential, $log and $directory are set, $p is what names of folders begin with, $d the delimiter, and $file a
/// message in a file.
/// </remarks>
/// <param name="Feature">What it shows.</param>
/// <param name="Script">The PowerShell.</param>
/// <param name="Expected">The output that is right.</param>
/// <param name="Meanwhile">The subject of a message that is delivered once the statement listens for it.</param>
public sealed record Statement(string Feature, string Script, string Expected, string? Meanwhile = null);
