using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace ImapPS.Discovery;

/// <summary>The address of a mailbox, whose server is to be found: alice@contoso.example.</summary>
/// <param name="Text">The address as it was given, without the dot at its end.</param>
/// <param name="LocalPart">What is before the @.</param>
/// <param name="Domain">What is after it, as DNS takes it.</param>
internal sealed record MailboxAddress(string Text, string LocalPart, string Domain)
{
    private const int LongestLocalPart = 64;

    /// <summary>
    /// Reads an address. A URL is none, and neither is user@host with a port, with an IP address or with a name without a dot: those name
    /// the server themselves.
    /// </summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MailboxAddress? address)
    {
        address = null;
        text = text.Trim();
        string[] parts = text.Split('@');
        if (parts.Length != 2 || parts[0].Length is 0 or > LongestLocalPart || !parts[0].All(IsOfLocalPart)) return false;
        if (HostName.Of(parts[1]) is not { } domain || !IsPublic(domain)) return false;

        // The dot of the root is for DNS: the user name has none.
        address = new MailboxAddress(text.TrimEnd('.'), parts[0], domain);
        return true;
    }

    /// <summary>RFC 5322's atext and dots, and letters outside of ASCII (RFC 6531): nothing that a URL or a header would read.</summary>
    private static bool IsOfLocalPart(char c) =>
        c > '\u007f' ? char.IsLetterOrDigit(c)
        : char.IsLetterOrDigit(c) || ".!#$%&'*+-=?^_`{|}~".IndexOf(c) >= 0;

    private static bool IsPublic(string domain)
    {
        string last = domain.Split('.').Last();
        return last.Length < domain.Length && !last.All(char.IsDigit);
    }
}
