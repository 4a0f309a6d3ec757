using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace ImapPS.Sandbox;

/// <summary>What a scripted server tells of a message in FETCH.</summary>
internal static partial class ScriptedFetch
{
    private const string HeaderFields = "HEADER.FIELDS (";

    /// <summary>
    /// One response, with its line end. It is text, as <see cref="ScriptedReply.Octets"/> has it: an octet that is no ASCII is a lone
    /// surrogate.
    /// </summary>
    public static string Answer(ScriptedFolder folder, ScriptedMessage message, string arguments)
    {
        List<string> told = [];
        foreach (Match item in Item().Matches(arguments))
        {
            var name = item.Groups["name"].Value.ToUpperInvariant();
            var isBody = item.Groups["section"].Success;
            var value = isBody ? Section(message, item.Groups["section"].Value, item.Groups["partial"].Value) : Value(message, name);
            if (value is null) continue;

            var origin = item.Groups["partial"].Success ? $"<{item.Groups["partial"].Value.Split('.')[0]}>" : "";
            told.Add(isBody ? $"BODY[{item.Groups["section"].Value}]{origin} {value}" : $"{name} {value}");
        }

        if (!told.Exists(item => item.StartsWith("UID ", StringComparison.Ordinal))) told.Insert(0, $"UID {message.Uid}");
        return $"* {folder.Messages.IndexOf(message) + 1} FETCH ({string.Join(' ', told)})\r\n";
    }

    private static string? Value(ScriptedMessage message, string name) => message.Items.TryGetValue(name, out var told) ? told : name switch
    {
        "UID" => message.Uid.ToString(CultureInfo.InvariantCulture),
        "FLAGS" => $"({message.Flags})",
        "INTERNALDATE" => message.InternalDate,
        "RFC822.SIZE" => message.Octets.Length.ToString(CultureInfo.InvariantCulture),
        "BODYSTRUCTURE" => message.BodyStructure ?? Plain(message),
        _ => null,
    };

    private static string Plain(ScriptedMessage message)
    {
        var body = message.Text[message.HeaderLength..];
        return $"(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"utf-8\") NIL NIL \"8BIT\" {body.Length} {body.Count(c => c == '\n')} NIL NIL NIL NIL)";
    }

    private static string Section(ScriptedMessage message, string section, string partial)
    {
        var text = message.Text;
        if (message.Parts.TryGetValue(section, out var part)) text = Encoding.Latin1.GetString(part);
        else if (section.StartsWith(HeaderFields, StringComparison.OrdinalIgnoreCase))
        {
            text = Fields(text[..message.HeaderLength], section[HeaderFields.Length..].TrimEnd(')').Split(' '));
        }
        else if (section is "HEADER" or "1.MIME") text = text[..message.HeaderLength];
        else if (section is "TEXT" or "1") text = text[message.HeaderLength..];
        else if (section.Length > 0) return "NIL";

        if (partial.Length > 0)
        {
            var range = partial.Split('.').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
            text = text[Math.Min(range[0], text.Length)..Math.Min(range[0] + range[1], text.Length)];
        }

        return $"{{{text.Length}}}\r\n{string.Concat(text.Select(c => c < 0x80 ? c : (char)(0xdc00 + c)))}";
    }

    private static string Fields(string header, string[] names) =>
        string.Concat(HeaderField().Matches(header).Select(field => field.Value)
            .Where(field => names.Contains(field.Split(':')[0].Trim(), StringComparer.OrdinalIgnoreCase))) + "\r\n";

    [GeneratedRegex(@"BODY(?:\.PEEK)?\[(?<section>[^\]]*)\](?:<(?<partial>[0-9.]+)>)?|(?<name>[A-Z0-9][A-Z0-9.-]*)",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Item();

    [GeneratedRegex(@"[^\r\n:]+:[^\n]*\n(?:[ \t][^\n]*\n)*")]
    private static partial Regex HeaderField();
}
