namespace ImapPS.Models;

/// <summary>Recognizes a line of JSON, such as a line of a journal, that was not read as JSON.</summary>
internal static class JsonLine
{
    /// <summary>Returns true if the text can be a JSON object and is hardly the name of a folder.</summary>
    public static bool Is(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length > 1 && trimmed[0] == '{' && trimmed[trimmed.Length - 1] == '}' && trimmed.Contains("\":");
    }
}
