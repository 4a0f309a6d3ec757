using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Files;

/// <summary>The names of saved messages: text with {Tokens} in it, and slashes where a directory ends.</summary>
internal sealed class NameTemplate
{
    public const string Default = "{Received:yyyy-MM-dd HHmmss} {Subject}";

    private const string DefaultTimeFormat = "yyyy-MM-dd HHmmss";

    private const MessageParts Times = MessageParts.Received | MessageParts.Date;

    private static readonly Dictionary<string, (MessageParts Needs, Func<ImapMessage, string?, string> Value)> _tokens =
        new(StringComparer.OrdinalIgnoreCase)
        {
            ["Received"] = (Times, (message, format) => Time(message.Received ?? message.Date, format)),
            ["Date"] = (Times, (message, format) => Time(message.Date ?? message.Received, format)),
            ["Uid"] = (MessageParts.None, (message, format) => message.Uid.ToString(format, CultureInfo.InvariantCulture)),
            ["Subject"] = (MessageParts.Subject, (message, format) => Plain(message.Subject, format)),
            ["From"] = (MessageParts.From,
                (message, format) => Plain(message.From.Count > 0 ? message.From[0].ToString() : string.Empty, format)),
            ["MessageId"] = (MessageParts.MessageId, (message, format) => Plain(message.MessageId, format)),
            ["Folder"] = (MessageParts.None, (message, format) => Plain(message.Folder, format)),
        };

    /// <summary>Two messages that differ in the last digit of their UIDs, and in each part of their times.</summary>
    private static readonly ImapMessage _one =
        new() { Received = new DateTimeOffset(2000, 1, 20, 0, 0, 0, TimeSpan.Zero), Uid = uint.MaxValue };

    private static readonly ImapMessage _other =
        new() { Received = new DateTimeOffset(2011, 12, 13, 12, 15, 16, 171, TimeSpan.Zero), Uid = uint.MaxValue - 1 };

    /// <summary>The names that may stand in braces.</summary>
    public static IEnumerable<string> Tokens => _tokens.Keys;

    private readonly List<List<Func<ImapMessage, string>>> _segments = [[]];

    public NameTemplate(string given)
    {
        // The extension is added: who writes it as well means it once.
        string template = given.EndsWith(EmlStore.Extension, StringComparison.OrdinalIgnoreCase)
            ? given.Substring(0, given.Length - EmlStore.Extension.Length) : given;
        var text = new StringBuilder();
        for (int i = 0; i < template.Length; i++)
        {
            char c = template[i];
            if (c is '{' or '}' && i + 1 < template.Length && template[i + 1] == c)
            {
                text.Append(c);
                i++;
            }
            else if (c == '{')
            {
                Flush(text);
                int close = template.IndexOf('}', i);
                if (close < 0) throw Invalid(template, "a '{' is not closed");
                _segments[_segments.Count - 1].Add(Token(template, template.Substring(i + 1, close - i - 1)));
                i = close;
            }
            else if (c == '}')
            {
                throw Invalid(template, "a '}' has no '{'");
            }
            else if (c is '/' or '\\')
            {
                Flush(text);
                _segments.Add([]);
            }
            else
            {
                text.Append(c);
            }
        }

        Flush(text);
        if (_segments.Exists(segment => segment.Count == 0)) throw Invalid(template, "a part of the path is empty");
    }

    /// <summary>What the names are made of.</summary>
    public MessageParts Needs { get; private set; }

    /// <summary>The name for a message, without its extension: directories, if there are any, and the file's own. Each is safe.</summary>
    public IReadOnlyList<string> Expand(ImapMessage message) =>
        [.. _segments.Select(segment => SafeName.Clean(string.Concat(segment.Select(part => part(message)))))];

    private void Flush(StringBuilder text)
    {
        if (text.Length == 0) return;

        string literal = text.ToString();
        text.Clear();
        _segments[_segments.Count - 1].Add(_ => literal);
    }

    private Func<ImapMessage, string> Token(string template, string token)
    {
        int colon = token.IndexOf(':');
        string name = colon < 0 ? token : token.Substring(0, colon);
        string? format = colon < 0 ? null : token.Substring(colon + 1);
        if (!_tokens.TryGetValue(name, out (MessageParts Needs, Func<ImapMessage, string?, string> Value) known))
        {
            throw Invalid(template, $"there is no {{{name}}}");
        }

        try
        {
            // A format that is none, or shows nothing of the value, must be told before anything is saved.
            if (format is not null && known.Value(_one, format) == known.Value(_other, format))
            {
                throw Invalid(template, $"'{format}' shows nothing of {{{name}}}");
            }
        }
        catch (FormatException)
        {
            throw Invalid(template, $"{{{name}}} cannot be written as '{format}'");
        }

        Needs |= known.Needs;
        return message => known.Value(message, format);
    }

    private static string Time(DateTimeOffset? time, string? format) =>
        time?.ToLocalTime().ToString(format ?? DefaultTimeFormat, CultureInfo.InvariantCulture) ?? string.Empty;

    private static string Plain(string text, string? format) => format is null ? text : throw new FormatException();

    private static ImapException Invalid(string template, string why) =>
        Failures.ArgumentInvalid(
            $"The name template '{template}' cannot be used: {why}.",
            $"The tokens are {string.Join(", ", _tokens.Keys.Select(name => $"{{{name}}}"))}; {{Received}}, {{Date}} "
                + $"and {{Uid}} take a format, as in {{Received:yyyy-MM}}. Write {{{{ for a brace.",
            template);
}
