using System.Linq;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Search;

/// <summary>Names of header fields, which go into commands as they are.</summary>
internal static class HeaderField
{
    /// <summary>The name, if it is one (RFC 5322, 3.6.8), and does not need quoting in a command.</summary>
    public static string Checked(string name, string parameter) =>
        name.Length > 0 && name.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.')
            ? name
            : throw Failures.FilterInvalid($"'{DisplayText.Printable(name)}' is not the name of a header field.",
                $"-{parameter} takes names of letters, digits, hyphens, dots and underscores, without a colon, such as List-Id.", name);
}
