using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ImapPS.Errors;

namespace ImapPS.Search;

/// <summary>
/// How like a text is to what was looked for: the part of the wanted letters that stand in it, word by word, about one letter in three of
/// a word mistaken. What is compared is bounded, since it comes from strangers.
/// </summary>
internal static class TextLikeness
{
    private const int LongestWanted = 60;
    private const int LongestText = 250;
    private const int MostTexts = 10;

    /// <summary>The likeness of the text that is most like one of those wanted: from 0 to 1.</summary>
    public static double Of(IEnumerable<string> wanted, IEnumerable<string> texts)
    {
        List<string> compared = [.. texts.Take(MostTexts).Select(text => Plain(text, LongestText)).Where(text => text.Length > 0)];
        return wanted.Take(MostTexts).SelectMany(one => compared.Select(text => Of(Plain(one, LongestWanted), text)))
            .DefaultIfEmpty(0).Max();
    }

    private static double Of(string wanted, string text)
    {
        string[] words = wanted.Split([' '], StringSplitOptions.RemoveEmptyEntries);
        int all = words.Sum(word => word.Length);
        return all == 0 ? 0 : (double)words.Sum(word => Found(word, text)) / all;
    }

    /// <summary>How many letters of the word stand in the text.</summary>
    private static int Found(string word, string text)
    {
        int distance = NearestName.DistanceWithin(word, text);
        return distance <= word.Length / 3 ? word.Length - distance : 0;
    }

    /// <summary>Letters and digits, with one space for whatever is between them.</summary>
    private static string Plain(string text, int most)
    {
        char[] plain = [.. text.Take(most).Select(c => char.IsLetterOrDigit(c) ? char.ToLower(c, CultureInfo.InvariantCulture) : ' ')];
        return new string(plain);
    }
}
