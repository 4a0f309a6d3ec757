using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using ImapPS.Sandbox;

namespace ImapPS.Tests;

/// <summary>Where and how connections are cut, and the messages that are under way then.</summary>
internal static partial class Cuts
{
    /// <summary>The ways to cut at a command.</summary>
    public static IReadOnlyDictionary<string, ProxyAction> ByMoment { get; } = new Dictionary<string, ProxyAction>(StringComparer.Ordinal)
    {
        ["before"] = ProxyAction.CutBefore,
        ["after"] = ProxyAction.CutAfterExecution,
        ["in its line"] = ProxyAction.CutMidCommand(10),
        ["in its answer"] = ProxyAction.CutMidResponse(10),
    };

    /// <summary>Whether what the server has done by then differs from one command to the next of the same name.</summary>
    public static bool AreDistinct(string moment) => moment is "before" or "after";

    /// <summary>Whether a cut at the command of that number is one of this run: at each moment others are, and all in .ci/run.</summary>
    public static bool AreDue(string moment, int number) => (number + moment.Length) % Amount.Every == 0;

    /// <summary>Cuts once, at the command of that number from now on.</summary>
    public static void CutAt(this FaultProxy proxy, int number, ProxyAction action)
    {
        int seen = 0;
        proxy.On(_ => seen++ == number, action);
    }

    /// <summary>Cuts once, at the command of that name and number from now on.</summary>
    public static void CutAt(this FaultProxy proxy, string verb, int number, ProxyAction action)
    {
        int seen = 0;
        proxy.On(command => command.Verb == verb && seen++ == number, action);
    }

    /// <summary>The octet in the middle of a literal of an APPEND.</summary>
    public static int MiddleOf(string append, int literal)
    {
        Match length = LiteralLength().Match(append);
        for (int i = 0; i < literal; i++)
        {
            length = LiteralLength()
                .Match(append, length.Index + length.Length + int.Parse(length.Groups[1].Value, CultureInfo.InvariantCulture));
        }

        return length.Index + length.Length + (int.Parse(length.Groups[1].Value, CultureInfo.InvariantCulture) / 2);
    }

    /// <summary>Of different sizes, some alike; every tenth has no Message-ID.</summary>
    public static byte[] Sample(int number)
    {
        string id = number % 10 == 3 ? "" : string.Create(CultureInfo.InvariantCulture, $"Message-ID: <{number}@example.org>\r\n");
        return Encoding.Latin1.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"From: a@example.org\r\nSubject: message {number:D4}\r\n{id}\r\nFrom here\r\n"
                + $"{new string((char)('a' + (number % 26)), number % 7 * 40)}\r\n"));
    }

    [GeneratedRegex(@"\{([0-9]+)\+?\}\r\n")]
    private static partial Regex LiteralLength();
}
