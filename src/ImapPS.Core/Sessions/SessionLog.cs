using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using ImapPS.Administration;
using ImapPS.Errors;
using ImapPS.Files;
using MailKit;

namespace ImapPS.Sessions;

/// <summary>
/// Writes the protocol log, and sees what passes: it bounds what the server may answer, and notes the response codes (RFC 5530) of
/// rejected commands, which MailKit's exceptions leave out: only they tell a missing right from a full mailbox.
/// </summary>
internal sealed class SessionLog : IProtocolLogger
{
    private const int LongestSearch = 4096;

    private readonly ProtocolLogger? _file;
    private readonly LoginNotes _notes = new();
    private ResponseGuard _guard = new();
    private StringBuilder? _sent;

    public SessionLog(string? path)
    {
        if (path is null) return;

        try
        {
            _file = new ProtocolLogger(OpenLog(path)) { LogTimestamps = true };
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw Failures.ArgumentInvalid($"The protocol log '{path}' cannot be written: {unwritable.Message}",
                "Give -ProtocolLogPath a file that no other session writes to, in a folder that exists.", path);
        }
    }

    /// <summary>The response codes of the commands that the server answered with NO or BAD since the last <see cref="Clear"/>.</summary>
    public IReadOnlyCollection<string> Rejections => _guard.Rejections;

    /// <inheritdoc/>
    public IAuthenticationSecretDetector? AuthenticationSecretDetector
    {
        // MailKit's detector knows which octets are a secret; ProtocolLogger replaces them.
        get => _file?.AuthenticationSecretDetector;
        set
        {
            if (_file is not null) _file.AuthenticationSecretDetector = value;
        }
    }

    /// <summary>The commands that were sent since <see cref="ListenForSearches"/>, without their tags.</summary>
    public IReadOnlyList<string> Searches
    {
        get
        {
            var searches = new List<string>();
            foreach (string line in (_sent?.ToString() ?? string.Empty).Split('\n'))
            {
                // A line that begins with no tag of MailKit's ("A00000012 ") goes on after a literal.
                bool isCommand = line.Length > 10 && line[0] is >= 'A' and <= 'Z' && line[9] == ' ';
                if (isCommand) searches.Add(line.Substring(10).TrimEnd('\r'));
                else if (searches.Count > 0) searches[searches.Count - 1] += " " + line.TrimEnd('\r');
            }

            return [.. searches.Select(search => search.TrimEnd())];
        }
    }

    /// <inheritdoc cref="ResponseGuard.Names"/>
    public ListedNames Names => _guard.Names;

    /// <inheritdoc cref="LoginNotes.Greeting"/>
    public string? Greeting => _notes.Greeting;

    /// <inheritdoc cref="LoginNotes.Farewell"/>
    public string? Farewell => _notes.Farewell;

    /// <inheritdoc cref="LoginNotes.Refusal"/>
    public string? Refusal => _notes.Refusal;

    /// <inheritdoc cref="LoginNotes.Accepted"/>
    public int Accepted => _notes.Accepted;

    /// <inheritdoc cref="LoginNotes.Challenges"/>
    public int Challenges => _notes.Challenges;

    /// <summary>What is left out of the file when the server says it; null when nobody logs in.</summary>
    public LoginSecrets? Secrets { get; set; }

    /// <summary>Called whenever something was said; null for nobody.</summary>
    public Action? Heard { get; set; }

    /// <summary>Keeps responses that MailKit cannot read, for the length of one command; null for none.</summary>
    public AnswerTap? Tap { get; set; }

    /// <inheritdoc cref="LoginNotes.Challenge"/>
    public string? Challenge => _notes.Challenge;

    public void ListenForSearches() => _sent = new StringBuilder();

    public void Clear()
    {
        _guard.ForgetRejections();
        _sent = null;
    }

    public void LogConnect(Uri uri)
    {
        _guard = new ResponseGuard();
        _file?.LogConnect(uri);
        Heard?.Invoke();
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
        _file?.LogClient(buffer, offset, count);
        _guard.Sent(buffer, offset, count);
        Heard?.Invoke();
        if (_sent is { Length: < LongestSearch }) _sent.Append(Encoding.UTF8.GetString(buffer, offset, Math.Min(count, LongestSearch)));
    }

    public void LogServer(byte[] buffer, int offset, int count)
    {
        if (_file is not null) Write(_file, buffer, offset, count);

        _notes.Received(buffer, offset, count);
        Heard?.Invoke();

        Tap?.Take(buffer, offset, count);

        // MailKit parses these octets only now; what this throws ends its connection.
        _guard.Received(buffer, offset, count);
    }

    public void Dispose() => _file?.Dispose();

    private void Write(ProtocolLogger file, byte[] buffer, int offset, int count)
    {
        if (Secrets?.Redact(buffer, offset, count) is { } clean) file.LogServer(clean, 0, clean.Length);
        else file.LogServer(buffer, offset, count);
    }

    private static FileStream OpenLog(string path) => PrivateFile.Open(path, FileMode.Append, FileAccess.Write, FileShare.Read);
}
