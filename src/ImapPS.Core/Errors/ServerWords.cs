namespace ImapPS.Errors;

/// <summary>What a server says with a status: a response code (RFC 9051, 7.1), which may be missing, and words for a human.</summary>
internal sealed record ServerWords(string? Code, string Text)
{
    public static ServerWords Read(string words)
    {
        words = words.Trim();
        int end = words.Length > 0 && words[0] == '[' ? words.IndexOf(']') : -1;
        return new ServerWords(end < 0 ? null : words.Substring(1, end - 1).Split(' ')[0], words.Substring(end + 1).Trim());
    }
}
