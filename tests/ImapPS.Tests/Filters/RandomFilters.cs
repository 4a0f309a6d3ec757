using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using CsCheck;
using ImapPS.Models;

namespace ImapPS.Tests.Filters;

/// <summary>A filter, and the filters that it is made of.</summary>
public sealed record FilterText(string Format, params FilterText[] Parts)
{
    public override string ToString() =>
        Parts.Aggregate((Text: Format, Index: 0), (text, part) =>
        (text.Text.Replace($"<{text.Index}>", $"({part})", StringComparison.Ordinal), text.Index + 1)).Text;

    /// <summary>Simpler filters: each part alone, and this one with a simpler part.</summary>
    public IEnumerable<FilterText> Simpler()
    {
        foreach (FilterText part in Parts) yield return part;
        for (int i = 0; i < Parts.Length; i++)
        {
            foreach (FilterText simpler in Parts[i].Simpler())
            {
                yield return new FilterText(Format, [.. Parts[..i], simpler, .. Parts[(i + 1)..]]);
            }
        }
    }
}

/// <summary>Filters as somebody might write them who knows the language too well, about messages that are there.</summary>
internal sealed class RandomFilters(IReadOnlyList<ImapMessage> messages)
{
    /// <summary>What the filters take from their scope.</summary>
    public const string Scope = """
        $ErrorActionPreference = 'SilentlyContinue'
        $n = 1000; $big = 1.5KB; $zero = 0; $nothing = $null; $word = 'invoice'; $words = 'alice@example.org', 'Weekly report', 'john.doe@contoso.com'
        $cutoff = [DateTimeOffset]'2026-03-08T02:30:00-05:00'; $local = [datetime]'2026-03-08T02:30:00'; $utc = [datetime]::SpecifyKind($local, 'Utc')
        $rule = [pscustomobject]@{ Size = 500; From = '*@contoso.com'; Since = $cutoff }; $map = @{ Uid = 20 }; $uids = 3, 30, 40
        """;

    private static readonly Gen<string> _order = Gen.OneOf("-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-ceq", "-igt");
    private static readonly Gen<string> _text = Gen.OneOf("-like", "-like", "-like", "-clike", "-notlike", "-match",
        "-match", "-cmatch", "-notmatch", "-eq", "-eq", "-ceq", "-ne", "-contains", "-in", "-notin", "-gt");

    public Gen<FilterText> Filter => Tree(3);

    private Gen<FilterText> Leaf => Weighted(
        (2, Flag),
        (2, Size),
        (1, Uid),
        (3, Date),
        (6, Text),
        (1, Keyword),
        (1, Other));

    private static Gen<FilterText> Other { get; } = Gen.OneOf("$_.HasAttachment", "$_.Folder -eq 'INBOX'", "$true", "$nothing", "$zero",
        "$_.Subject", "$_.From", "$_.ThreadId", "$_.From.Count -gt 1", "$_.Subject.Length -gt 10", "$env:undefined")
        .Select(text => new FilterText(text));

    private static Gen<FilterText> Flag { get; } = Gen.OneOf(
        "$_.IsRead", "$_.IsFlagged", "$_.IsRead -eq $true", "$_.IsFlagged -ne $true", "$false -eq $_.IsRead", "$_.IsRead -eq 1",
        "$_.IsRead -eq 'False'", "$_.IsRead -eq $null", "$_.IsRead -in $true, $false",
        "$_.Flags -band 'Seen'", "$_.Flags -band 6", "($_.Flags -band 'Seen, Flagged') -eq 5", "($_.Flags -band 9) -ne 0",
        "($_.Flags -band 4) -ne 'Flagged'", "$_.Flags -eq 'None'", "$_.Flags -ne 'Seen, Draft'", "$_.Flags -eq 0",
        "$_.Flags.HasFlag([ImapPS.Models.ImapMessageFlags]::Answered)", "$_.Flags.HasFlag([ImapPS.Models.ImapMessageFlags]'Seen, Deleted')",
        "$_.Flags", "$_.Flags -gt 4", "$_.Flags -eq 'Seen'", "'Seen' -eq $_.Flags", "$_.Flags -in 0, 1",
        "$_.IsRead -xor $_.IsFlagged").Select(text => new FilterText(text));

    private Gen<FilterText> Size =>
        Gen.Select(_order, Message.Select(message => message.Size),
        Gen.OneOf("{0}", "{1}", "{2}", "'{0}'", "{0}.5", "[long]{0}", "[double]{0}", "1KB", "'1KB'", "$n", "$big",
        "$rule.Size", "$nothing", "$null", "($n - 1)", "'x'", "-1", "1e20", "[int]::MaxValue", "$true", "$uids"), Gen.Bool)
        .Select((order, size, format, isReversed) =>
        {
            string number = string.Format(CultureInfo.InvariantCulture, format, size, size + 1, size - 1);
            return new FilterText(isReversed ? $"{number} {order} $_.Size" : $"$_.Size {order} {number}");
        });

    private static Gen<FilterText> Uid { get; } =
        Gen.Select(_order, Gen.Int[0, 120], Gen.OneOf("$_.Uid <0> {0}", "{0} <0> $_.Uid", "$_.Uid -in {0}, 7, 9", "$_.Uid -notin {0}, 8",
        "$uids -contains $_.Uid", "$_.Uid -in $uids", "$_.Uid -in @()", "$_.Uid -eq $map.Uid", "$_.Uid -in '{0}', 5",
        "$_.Uid -in {0}, $null", "$_.Uid -lt '{0}'", "$_.Uid -in 1..{0}"))
        .Select((order, uid, format) =>
            new FilterText(string.Format(CultureInfo.InvariantCulture, format, uid).Replace("<0>", order, StringComparison.Ordinal)));

    private Gen<FilterText> Date => Gen.Select(
        _order,
        Gen.OneOf("$_.Received", "$_.Date", "$_.Date", "$_.Received.Date", "$_.Date.Date", "$_.Date.DateTime",
            "$_.Received.LocalDateTime", "$_.Date.UtcDateTime"),
        Message.Select(message => message.Date ?? message.Received ?? DateTimeOffset.MinValue),
        Gen.OneOf(0, 0, 1, -1, 3600, -86400, 86400 * 30),
        Gen.OneOf(0, -12, 14, 5.5, -5),
        Gen.OneOf("[DateTimeOffset]'{0:o}'", "'{0:o}'", "[datetime]'{0:yyyy-MM-ddTHH:mm:ss}'", "'{0:yyyy-MM-dd}'",
            "[DateTimeOffset]'{0:o}'", "$cutoff", "$local", "$utc", "$cutoff.AddDays(-1)", "$rule.Since", "$null", "'no date'",
            "[datetime]::SpecifyKind('{0:yyyy-MM-ddTHH:mm:ss}', 'Utc')", "([DateTimeOffset]'{0:o}').LocalDateTime", "5"),
        Gen.Int[0, 4])
        .Select((order, value, date, seconds, hours, format, reversed) =>
        {
            DateTimeOffset moved = date.Year is > 2 and < 9990 ? date.AddSeconds(seconds).ToOffset(TimeSpan.FromHours(hours)) : date;
            string constant = string.Format(CultureInfo.InvariantCulture, format, moved);

            // No more than a few of the comparisons that PowerShell refuses: an error takes it as long as a hundred messages.
            bool isClock = value.Count(c => c == '.') == 2;
            bool isInstant = constant.StartsWith("[DateTimeOffset]", StringComparison.Ordinal)
                || constant.StartsWith("$cutoff", StringComparison.Ordinal) || constant == "$rule.Since";
            if (isClock && isInstant) constant = "$local";
            if (!isClock && !isInstant) reversed = 1;
            return new FilterText(reversed == 0 ? $"{constant} {order} {value}" : $"{value} {order} {constant}");
        });

    private static Gen<FilterText> Keyword { get; } = Gen.Select(
        Gen.OneOf("Work", "WORK", "$Forwarded", "nonjunk", "a-b", "later", "missing", "not one", "", "ab"),
        Gen.OneOf("$_.Keywords -contains {0}", "$_.Keywords -notcontains {0}", "{0} -in $_.Keywords", "{0} -notin $_.Keywords",
            "$_.Keywords -eq {0}", "$_.Keywords -ccontains {0}", "$_.Keywords -cnotcontains {0}", "$_.Keywords -like {0}",
            "$_.Keywords -ne {0}", "$_.Keywords -match {0}"))
        .Select((keyword, format) => new FilterText(string.Format(CultureInfo.InvariantCulture, format, Quoted(keyword))));

    private Gen<ImapMessage> Message => Gen.Int[0, messages.Count - 1].Select(index => messages[index]);

    private Gen<FilterText> Text => Gen.Select(
        Gen.OneOf("Subject", "Subject", "Subject", "Subject", "MessageId", "InReplyTo", "From", "From", "To", "Cc", "ReplyTo"),
        Gen.OneOf("", "", ".Address", ".Name", "[0]", "[0].Address", "[0].Name", "[-1]"),
        _text,
        Message,
        Gen.Int[0, 1_000_000],
        Gen.Int[0, 1_000_000])
        .Select((name, suffix, operation, message, mutation, more) =>
            TextFilter(name, name is "Subject" or "MessageId" or "InReplyTo"
            ? ""
            : suffix, operation, message, new Random(mutation), more));

    private Gen<FilterText> Tree(int depth) => depth == 0 ? Leaf : Weighted(
        (3, Leaf),
        (1, Tree(depth - 1).Select(part => new FilterText("-not <0>", part))),
        (2, Gen.Select(Tree(depth - 1), Tree(depth - 1)).Select((one, other) => new FilterText("<0> -and <1>", one, other))),
        (2, Gen.Select(Tree(depth - 1), Tree(depth - 1)).Select((one, other) => new FilterText("<0> -or <1>", one, other))));

    private static Gen<FilterText> Weighted(params (int Weight, IGen<FilterText> Filter)[] filters) => Gen.Frequency(filters);

    private static FilterText TextFilter(string field, string suffix, string operation, ImapMessage message, Random random, int more)
    {
        string value = Value(message, field, suffix);
        string left = $"$_.{field}{suffix}";
        bool isString = suffix == "[0].Address" || field is "Subject" or "MessageId" or "InReplyTo";
        if (isString && more % 11 == 0)
        {
            string method = Pick(random, "Contains", "StartsWith", "EndsWith", "contains");
            return new FilterText($"{left}.{method}({Quoted(Mutated(Piece(value, random), random))})");
        }

        if (more % 13 == 0)
        {
            string right = Pick(random, "$word", "\"*$word*\"", "$rule.From", "$nothing", "$words", "5", "\"$($word)s\"",
                "[regex]::Escape($word)", "('*' + $word)");
            return new FilterText($"{left} {operation} {right}");
        }

        string constant = operation switch
        {
            "-like" or "-clike" or "-notlike" => Wildcard(value, random),
            "-match" or "-cmatch" or "-notmatch" => Pattern(value, random),
            _ => Mutated(random.Next(3) == 0 ? Piece(value, random) : value, random),
        };
        string quoted = Quoted(constant);
        if (operation is "-in" or "-notin") quoted = $"{quoted}, {Quoted(Mutated(value, random))}";
        return new FilterText(more % 7 == 0 ? $"{quoted} {operation} {left}" : $"{left} {operation} {quoted}");
    }

    private static string Value(ImapMessage message, string field, string suffix)
    {
        IReadOnlyList<ImapAddress>? addresses = field switch
        {
            "From" => message.From,
            "To" => message.To,
            "Cc" => message.Cc,
            "ReplyTo" => message.ReplyTo,
            _ => null,
        };
        ImapAddress? address = addresses is { Count: > 0 } ? addresses[^1] : null;
        return field switch
        {
            "Subject" => message.Subject,
            "MessageId" => message.MessageId,
            "InReplyTo" => message.InReplyTo,
            _ => suffix.EndsWith("Address", StringComparison.Ordinal)
                ? address?.Address ?? ""
                : suffix.EndsWith("Name", StringComparison.Ordinal) ? address?.Name ?? "" : address?.ToString() ?? "",
        };
    }

    private static string Wildcard(string value, Random random) => random.Next(9) switch
    {
        0 => value,
        1 => WildcardPattern.Escape(Mutated(value, random)),
        2 => $"*{value}*",
        3 => $"{WildcardPattern.Escape(Mutated(Prefix(value, random), random))}*",
        4 => $"*{WildcardPattern.Escape(Mutated(Suffix(value, random), random))}",
        5 => $"*{WildcardPattern.Escape(Piece(value, random))}*{WildcardPattern.Escape(Suffix(value, random))}",
        6 => $"*{Sets(Mutated(Piece(value, random), random), random)}*",
        7 => $"?{WildcardPattern.Escape(value.Length > 1 ? Mutated(value[1..], random) : value)}",
        _ => $"*{WildcardPattern.Escape(Mutated(Piece(value, random), random))}*",
    };

    private static string Pattern(string value, Random random) => random.Next(8) switch
    {
        0 => value,
        1 => $"^{Regex.Escape(Mutated(value, random))}$",
        2 => $"{Regex.Escape(Prefix(value, random))}.*{Regex.Escape(Suffix(value, random))}",
        3 => $"{Regex.Escape(Piece(value, random))}|{Regex.Escape(Piece(value, random))}",
        4 => $"{Regex.Escape(Mutated(Piece(value, random), random))}{Pick(random, "?", "*", "+", "{0,1}", "{2}", "x?")}",
        5 => $"({Regex.Escape(Piece(value, random))})?\\w*",
        6 => Regex.Replace(Regex.Escape(Piece(value, random)), "[0-9]", "\\d"),
        _ => Regex.Escape(Mutated(Piece(value, random), random)),
    };

    private static string Sets(string text, Random random) => string.Concat(text.Select(c => random.Next(5) switch
    {
        0 when char.IsLetterOrDigit(c) => $"[{c}x]",
        1 => "?",
        _ => WildcardPattern.Escape(c.ToString()),
    }));

    /// <summary>The same text as somebody else might write it, or nearly.</summary>
    private static string Mutated(string text, Random random) => random.Next(9) switch
    {
        8 => text.Replace('İ', 'i').Replace('ı', 'i').Replace('\u212a', 'k').Replace('ſ', 's').Replace("ß", "ss", StringComparison.Ordinal),
        0 => text.ToUpperInvariant(),
        1 => text.ToLowerInvariant(),
        2 => string.Concat(text.Select(c => random.Next(2) == 0 ? char.ToUpperInvariant(c) : char.ToLowerInvariant(c))),
        3 => text.Replace('i', 'İ').Replace('I', 'ı'),
        4 when text.Length > 0 =>
            text.Insert(random.Next(text.Length), Pick(random, "\u00ad", "\u200b", "x", "*", "[", "`", "'", " ", "é")),
        5 => text.Replace("ss", "ß", StringComparison.Ordinal).Replace("fi", "ﬁ", StringComparison.Ordinal)
            .Replace('k', '\u212a').Replace('s', 'ſ'),
        _ => text,
    };

    private static string Piece(string text, Random random) => Suffix(Prefix(text, random), random);

    private static string Prefix(string text, Random random) => text[..random.Next(text.Length + 1)];

    private static string Suffix(string text, Random random) => text[random.Next(text.Length + 1)..];

    private static string Pick(Random random, params string[] choices) => choices[random.Next(choices.Length)];

    // PowerShell takes typographic quotes for quotes.
    private static string Quoted(string text) => $"'{Regex.Replace(text, "['\u2018\u2019\u201a\u201b]", "$0$0")}'";
}
