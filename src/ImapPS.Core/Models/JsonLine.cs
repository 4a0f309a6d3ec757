namespace ImapPS.Models;

/// <summary>A line of a journal, or of another file of JSON, that was not read as such.</summary>
internal static class JsonLine
{
    /// <summary>True for what can be an object of JSON, and is hardly the name of a folder.</summary>
    public static bool Is(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length > 1 && trimmed[0] == '{' && trimmed[trimmed.Length - 1] == '}' && trimmed.Contains("\":");
    }
}
