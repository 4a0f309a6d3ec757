using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace ImapPS.Content;

/// <summary>
/// Finds one-time codes: a number, or a group with dashes, near the words that announce it. Years, prices, dates, telephone and order
/// numbers are none, unless the words leave no doubt.
/// </summary>
internal static class CodeFinder
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>How far, in one line, a code may stand from the word that announces it.</summary>
    private const int Near = 80;

    /// <summary>Lines that hold a code and little else are no longer than this.</summary>
    private const int LongestOwnLine = 40;

    /// <summary>A line is read up to here, and a text; what announces a code does not do it on the hundredth page.</summary>
    private const int LongestLine = 2_000;
    private const int LongestText = 256 * 1024;

    /// <summary>How far around a number the words lie that say what it is.</summary>
    private const int Around = 120;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(2);

    /// <summary>Words that speak of a code.</summary>
    private static readonly Regex _announcement = new(
        @"\b(?:code|codes|passcodes?|pass\scode|pins?|pin-?code|otps?|2fa|mfa|tans?|one[-\s]?time|verification|security\snumber)\b"
        + @"|\b(?:einmal|bestätigungs|sicherheits|zugangs|anmelde|login|verifizierungs|verifikations|prüf|freischalt"
            + @"|aktivierungs|authentifizierungs|pin)-?(?:code|kode|passwort|kennwort|nummer|pin|schlüssel)\b"
        + @"|\b(?:codice|código|codigo|clave|kod|kód|kodu|kode|koodi|κωδικός|wachtwoordcode|toegangscode"
            + @"|verificatiecode|beveiligingscode|engangskode|engångskod|bekräftelsekod|potvrzovací\skód|doğrulama)\b"
        + @"|код(?:а|ом|у)?\b|пароль|验证码|驗證碼|校验码|動態密碼|动态码|確認コード|認証コード|認証番号|確認番号|ワンタイム|パスコード|인증번호|인증\s?코드|رمز|קוד",
        Options,
        _patience);

    /// <summary>Words that speak of a code only when the number stands by itself, or they ask to enter it.</summary>
    private static readonly Regex _occasion = new(
        @"\b(?:verify|verifying|confirm|confirmation|log\s?in|login|logging\sin|sign[-\s]?in|signing\sin|sign[-\s]?up|authenticate"
            + @"|authentication|activate|password|anmelden|anmeldung|bestätigen|bestätigung|connexion|confirmer"
            + @"|confirmar|confermare|accesso|acceso)\b",
        Options,
        _patience);

    /// <summary>Codes that are printed, sold, sent or shown by machines; what follows such a word is none of ours.</summary>
    private static readonly Regex _otherCode = new(
        @"\b(?:post|postal|zip|area|country|dialling|dialing|promo|promotion(?:al)?|discount|coupon|voucher|gift|referral|invite|offer"
            + @"|error|exit|status|return|source|bar|qr|http|product|item|colou?r|sort|swift|bank|tax|dress|building"
            + @"|morse|offre|promotionnel)[-\s]?codes?\b"
        + @"|\bcodes?\s(?:postal|promo|of\sconduct|review|base|name)\b|\bcódigo\s(?:postal|promocional)\b"
            + @"|\bcodice\s(?:fiscale|postale|sconto)\b|код\s(?:товара|города)",
        Options,
        _patience);

    /// <summary>Words that say what a number behind them is: something else.</summary>
    private static readonly Regex _otherNumber = new(
        @"\b(?:order|orders|invoice|receipt|ticket|case|reference|ref|booking|reservation|customer|client|account|member|membership"
            + @"|policy|contract|tracking|shipment|parcel|flight|room|phone|tel|telephone|fax|call|hotline|mobile"
            + @"|zip|version|build|issue|bug|po|vat|iban|article|item|sku|serial|model|page|year|copyright|since|card|ending\sin"
        + @"|bestellung|bestellnummer|rechnung|rechnungsnummer|kundennummer|auftrag|auftragsnummer|vorgang|vorgangsnummer|sendung"
            + @"|sendungsnummer|telefon|konto|kontonummer|plz|commande|facture|client|pedido|factura|ordine|fattura"
            + @"|téléphone|teléfono|telefono)\b|[#№©]|\bno\.|\bnr\.?",
        Options,
        _patience);

    /// <summary>What stands directly before a code that leaves no doubt: "code is", "PIN:", "enter".</summary>
    private static readonly Regex _leadIn = new(
        @"(?:\b(?:is|are|ist|lautet|est|es|è|jest|er|är|use|using|enter|type|code|codes|passcode|pin|otp|tan|kod"
            + @"|kód|код|código|codice|eingeben|saisissez|introduce)|[:：=＝]|是|为|為|は|는|:)[\s""'`*_“”‘’«»„(\[【「『-]*$",
        Options,
        _patience);

    private static readonly Regex _candidate = new(
        @"[A-Z0-9]{1,8}(?:-[A-Z0-9]{2,8}){1,4}|[0-9]{2,4}(?:[ \u00a0][0-9]{2,4}){1,3}|[0-9]{4,8}",
        RegexOptions.CultureInvariant,
        _patience);

    private static readonly Regex _unitBehind = new(
        @"^\s?(?:%|€|\$|£|¥|₽|₹|usd|eur|gbp|chf|jpy|sek|nok|dkk|pln|czk|kč|zł|kr|euros?|dollars?|seconds?|secs?|minutes?|mins?|hours?"
            + @"|hrs?|days?|weeks?|months?|years?|sekunden|minuten|stunden|tagen?|heures?|jours?|minutos|horas|°"
            + @"|[kmgt]i?b\b|km|kg|mm|px|points?|punkte|people|users|items|messages|円|元|년|年|月|分)",
        Options,
        _patience);

    /// <summary>"G-123456 is your code".</summary>
    private static readonly Regex _namedBehind =
        new(@"^\W{0,4}(?:is|ist|est|es|è)\s(?:your|the|ihr|dein|votre|ton|tu|su|il)\b", Options, _patience);

    private static readonly Regex _currencyBefore =
        new(@"(?:[€$£¥₽₹]|\b(?:usd|eur|gbp|chf|jpy|sek|nok|dkk|pln|czk|rs)\.?)\s?$", Options, _patience);

    /// <summary>The codes of a message, in order, each once.</summary>
    public static string[] Find(string subject, string text)
    {
        try
        {
            var codes = new List<string>();
            bool subjectAnnounces = Announces(new Line(subject));
            Read(new Line(subject), before: null, secondBefore: null, after: null, subjectAnnounces: false, codes);

            Line? secondBefore = null;
            Line? before = null;
            Line? line = null;
            foreach (Line after in Lines(text))
            {
                if (line is not null) Read(line, before, secondBefore, after, subjectAnnounces, codes);
                if (codes.Count >= ContentLimits.Codes) break;

                (secondBefore, before, line) = (before, line, after);
            }

            if (line is not null) Read(line, before, secondBefore, after: null, subjectAnnounces, codes);
            return [.. codes.Distinct(StringComparer.Ordinal).Take(ContentLimits.Codes)];
        }
        catch (RegexMatchTimeoutException)
        {
            return [];
        }
    }

    private static IEnumerable<Line> Lines(string text)
    {
        int length = Math.Min(text.Length, LongestText);
        for (int start = 0; start < length;)
        {
            int end = text.IndexOf('\n', start, length - start);
            if (end < 0) end = length;

            string line = text.Substring(start, Math.Min(end - start, LongestLine)).Trim();
            if (line.Length > 0) yield return new Line(line);
            start = end + 1;
        }
    }

    private static bool Announces(Line line) => line.Announcements.Count > 0 || _occasion.IsMatch(line.Text);

    private static void Read(Line line, Line? before, Line? secondBefore, Line? after, bool subjectAnnounces, List<string> codes)
    {
        if (!line.MayHoldCode) return;

        foreach (Match match in _candidate.Matches(line.Text))
        {
            if (Code(match.Value) is not { } code || !StandsFree(line.Text, match)) continue;

            string ahead = Last(line.Text.Substring(0, match.Index), Around);
            string behind = First(line.Text.Substring(match.Index + match.Length), Around);
            bool isOther = IsOtherNumber(line, match, ahead);
            bool isCertain = !isOther && Announces(line) && _leadIn.IsMatch(Last(ahead, 24));
            bool isAlone = line.Text.Length <= LongestOwnLine && IsOwnLine(line.Text, match);
            if (isOther || (!isCertain
                && (IsSomethingElse(code, ahead, behind) || !(IsPlain(code) || isAlone || _namedBehind.IsMatch(behind)))))
            {
                continue;
            }

            bool isAnnounced = isCertain
                || line.Announcements.Exists(word => Distance(word, match) <= Near)
                || (isAlone && (subjectAnnounces || before is { IsCode: true } || IsNear(before) || IsNear(secondBefore) || IsNear(after)))
                || (string.IsNullOrWhiteSpace(ahead) && before is { Announcements.Count: > 0 }
                    && before.Text[before.Text.Length - 1] == ':');
            if (!isAnnounced) continue;

            codes.Add(code);
            line.IsCode = isAlone;
        }
    }

    private static bool IsNear(Line? line) => line is not null && Announces(line);

    /// <summary>
    /// The code as one types it: groups that only spaces separate are one number. Null for what has too few or too many digits.
    /// </summary>
    private static string? Code(string match)
    {
        string code = match.Replace(" ", string.Empty).Replace("\u00a0", string.Empty);
        int digits = code.Count(c => c is >= '0' and <= '9');
        int characters = code.Count(c => c != '-');
        bool isDashed = code.Length != characters;
        return digits < 2 || characters < 4 || (isDashed ? characters > 20 : characters > 8) ? null : code;
    }

    private static bool IsPlain(string code) => code.All(c => c is '-' or (>= '0' and <= '9'));

    /// <summary>False for a piece of a longer number, word, date, time, path or amount.</summary>
    private static bool StandsFree(string line, Match match)
    {
        int end = match.Index + match.Length;
        return !IsJoined(line, match.Index - 1, -1) && !IsJoined(line, end, 1);
    }

    private static bool IsJoined(string line, int at, int step)
    {
        if (at < 0 || at >= line.Length) return false;

        char c = line[at];
        char next = at + step >= 0 && at + step < line.Length ? line[at + step] : ' ';
        return c switch
        {
            '@' or '\\' or '_' or '&' or '%' or '+' => true,
            '-' or '–' or '/' => char.IsLetterOrDigit(next),
            '.' or ',' or ':' => char.IsDigit(next),
            ' ' or '\u00a0' or '(' or ')' => char.IsDigit(next) || (step < 0 && next == ')'),
            _ => c < '\u0590' && char.IsLetterOrDigit(c),
        };
    }

    /// <summary>True when nothing but marks, or a label, is on the line beside it.</summary>
    private static bool IsOwnLine(string line, Match match) =>
        !line.Substring(0, match.Index).Any(char.IsLetterOrDigit) && !line.Substring(match.Index + match.Length).Any(char.IsLetterOrDigit);

    private static bool IsSomethingElse(string code, string ahead, string behind) =>
        IsYearOrDate(code) || _currencyBefore.IsMatch(Last(ahead, 8)) || _unitBehind.IsMatch(behind);

    /// <summary>True when the nearest word before it says that it is something else.</summary>
    private static bool IsOtherNumber(Line line, Match match, string ahead)
    {
        Match? other = _otherNumber.Matches(ahead).Cast<Match>().LastOrDefault();
        if (other is null || ahead.Length - (other.Index + other.Length) > 24) return false;

        int start = match.Index - ahead.Length + other.Index;
        return !line.Announcements.Exists(word => word.Index > start && word.Index < match.Index);
    }

    private static bool IsYearOrDate(string code)
    {
        if (!code.All(c => c is >= '0' and <= '9')) return IsDashedDate(code);

        string year = code.Length is 4 or 8 ? code.Substring(0, 4) : string.Empty;
        bool isYear = string.CompareOrdinal(year, "1900") >= 0 && string.CompareOrdinal(year, "2099") <= 0;
        return isYear && (code.Length == 4 || IsMonthAndDay(code.Substring(4, 2), code.Substring(6, 2)));
    }

    /// <summary>2026-03-02, 02-03-2026, 2026-03 and 2025-26.</summary>
    private static bool IsDashedDate(string code)
    {
        string[] groups = code.Split('-');
        return groups.Length is 2 or 3 && groups.All(group => group.Length is 2 or 4)
            && groups.Any(group => group.Length == 4 && IsYearOrDate(group)) && IsPlain(code);
    }

    private static bool IsMonthAndDay(string month, string day) =>
        string.CompareOrdinal(month, "01") >= 0 && string.CompareOrdinal(month, "12") <= 0 && string.CompareOrdinal(day, "01") >= 0
            && string.CompareOrdinal(day, "31") <= 0;

    private static string First(string text, int length) => text.Length <= length ? text : text.Substring(0, length);

    private static string Last(string text, int length) => text.Length <= length ? text : text.Substring(text.Length - length);

    private static int Distance(Capture word, Capture number) =>
        word.Index > number.Index ? word.Index - (number.Index + number.Length) : number.Index - (word.Index + word.Length);

    /// <summary>A line, looked at no closer than need be.</summary>
    private sealed class Line
    {
        private List<Match>? _announcements;

        public Line(string text) => Text = LinkCollection.Blot(text.Length > LongestLine ? text.Substring(0, LongestLine) : text);

        public string Text { get; }

        /// <summary>True when it is a code and nothing else; the next line may be another.</summary>
        public bool IsCode { get; set; }

        public bool MayHoldCode => Text.Any(c => c is >= '0' and <= '9');

        public List<Match> Announcements => _announcements ??= Find();

        private List<Match> Find()
        {
            string text = _otherCode.Replace(Text, match => new string(' ', match.Length));
            return [.. _announcement.Matches(text).Cast<Match>()];
        }
    }
}
