using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace ImapPS.Sandbox;

/// <summary>BODYSTRUCTURE and parts of a scripted message that is multipart, one level deep; by itself it is told as one text.</summary>
internal static partial class OldStructure
{
    public static void Tell(ScriptedMessage message)
    {
        var header = message.Text[..message.HeaderLength];
        if (Boundary().Match(header) is not { Success: true } multipart) return;

        var boundary = multipart.Groups["boundary"].Value;
        List<string> structures = [];
        foreach (var part in message.Text[message.HeaderLength..].Split($"--{boundary}\r\n").Skip(1))
        {
            var whole = part.Split($"\r\n--{boundary}--")[0];
            var isLast = part.Contains($"--{boundary}--", StringComparison.Ordinal);
            if (!isLast && whole.EndsWith("\r\n", StringComparison.Ordinal)) whole = whole[..^2];
            var end = whole.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            structures.Add(Structure(whole[..end], whole[end..]));
            var number = structures.Count.ToString(CultureInfo.InvariantCulture);
            message.Parts[number] = Encoding.Latin1.GetBytes(whole[end..]);
            message.Parts[number + ".MIME"] = Encoding.Latin1.GetBytes(whole[..end]);
        }

        message.BodyStructure = $"({string.Concat(structures)} \"MIXED\" (\"BOUNDARY\" \"{boundary}\") NIL NIL)";
    }

    private static string Structure(string header, string body)
    {
        var name = Name().Match(header) is { Success: true } named ? named.Groups["name"].Value : null;
        var parameters = name is null ? "NIL" : $"(\"NAME\" \"{name}\")";
        var disposition = name is null ? "NIL" : $"(\"ATTACHMENT\" (\"FILENAME\" \"{name}\"))";
        var sizes = FormattableString.Invariant($"{body.Length} {body.Count(c => c == '\n')}");
        return $"(\"TEXT\" \"PLAIN\" {parameters} NIL NIL \"7BIT\" {sizes} NIL {disposition} NIL NIL)";
    }

    [GeneratedRegex(@"(?i)multipart/mixed; boundary=(?<boundary>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Boundary();

    [GeneratedRegex(@"(?i)filename=(?<name>\S+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();
}
