namespace ImapPS.Reading;

/// <summary>Tells that a date is written as RFC 5322, 3.3, has it, as almost all are: Mon, 2 Mar 2026 10:11:12 +0100.</summary>
internal static class PlainDate
{
    private const string Days = "MonTueWedThuFriSatSun";
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    public static bool Is(string text)
    {
        int at = 0;
        if (text.Length > 4 && text[3] == ',')
        {
            if (!IsOneOf(Days, text, 0) || text[4] != ' ') return false;
            at = 5;
        }

        int day = Digits(text, at);
        if (day is < 1 or > 2) return false;

        at += day;
        if (!Is(text, at, ' ') || !IsOneOf(Months, text, at + 1) || !Is(text, at + 4, ' ')) return false;

        // A year of four digits that begins with 0 is not what it looks like.
        at += 5;
        if (Digits(text, at) != 4 || text[at] is not ('1' or '2') || !Is(text, at + 4, ' ')) return false;

        at += 5;
        if (Digits(text, at) != 2 || !Is(text, at + 2, ':') || text[at] == '2' && text[at + 1] == '4') return false;
        if (Digits(text, at + 3) != 2 || !Is(text, at + 5, ':') || Digits(text, at + 6) != 2 || text[at + 6] == '6') return false;

        at += 8;
        return Is(text, at, ' ') && (Is(text, at + 1, '+') || Is(text, at + 1, '-')) && Digits(text, at + 2) == 4
            && text.Length == at + 6;
    }

    private static bool Is(string text, int at, char c) => at < text.Length && text[at] == c;

    private static int Digits(string text, int at)
    {
        int count = 0;
        while (at + count < text.Length && text[at + count] is >= '0' and <= '9') count++;
        return count;
    }

    private static bool IsOneOf(string names, string text, int at)
    {
        if (at + 3 > text.Length) return false;

        for (int i = 0; i < names.Length; i += 3)
        {
            if (string.CompareOrdinal(names, i, text, at, 3) == 0) return true;
        }

        return false;
    }
}
