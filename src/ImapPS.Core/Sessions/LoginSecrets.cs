using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ImapPS.Errors;

namespace ImapPS.Sessions;

/// <summary>
/// What a login proves itself with, to be taken out of what a server says to it: some repeat the line that they refuse, as it came or in
/// base64.
/// </summary>
internal sealed class LoginSecrets
{
    private const string Hidden = "***";

    /// <summary>Whatever is shorter stands in any text.</summary>
    private const int Shortest = 3;

    private static readonly Encoding _latin1 = Encoding.GetEncoding(28591);
    private static readonly Regex _base64 = new("[A-Za-z0-9+/_-]{4,}={0,2}", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

    private readonly List<string> _secrets;

    private LoginSecrets(IEnumerable<string?> secrets) =>
        _secrets = [.. secrets.OfType<string>().Where(secret => secret.Length >= Shortest)];

    public static LoginSecrets Of(Identity identity) => new([identity.Password?.Password, identity.Token?.Value]);

    public static LoginSecrets Of(NetworkCredential? credential) => new([credential?.Password]);

    /// <summary>The text without them.</summary>
    public string Redact(string text)
    {
        if (_secrets.Count == 0) return text;

        string clean = _secrets.Aggregate(text, (left, secret) => left.Replace(secret, Hidden));
        return _base64.Replace(clean, word => Holds(word.Value) ? Hidden : word.Value);
    }

    /// <summary>The octets of a line without them.</summary>
    public byte[] Redact(byte[] buffer, int offset, int count)
    {
        // Latin-1 has a character for each octet; what is secret is looked for as it is sent.
        string line = _latin1.GetString(buffer, offset, count);
        string clean = _secrets.Aggregate(line, (left, secret) => left.Replace(_latin1.GetString(Encoding.UTF8.GetBytes(secret)), Hidden));
        return _latin1.GetBytes(_base64.Replace(clean, word => Holds(word.Value) ? Hidden : word.Value));
    }

    /// <summary>The failure without them: the same one where it tells none.</summary>
    public ImapException Redact(ImapException failure)
    {
        string all = failure.ToString();
        return Redact(all) == all ? failure
            : Failures.Reworded(failure, Redact);
    }

    private bool Holds(string word)
    {
        // A secret need not begin where a group of four does.
        string digits = word.TrimEnd('=').Replace('-', '+').Replace('_', '/');
        for (int start = 0; start < 4 && digits.Length - start >= 4; start++)
        {
            int length = digits.Length - start;
            string padded = digits.Substring(start, length % 4 == 1 ? length - 1 : length);
            padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
            string text = Encoding.UTF8.GetString(Convert.FromBase64String(padded));
            if (_secrets.Exists(secret => text.IndexOf(secret, StringComparison.Ordinal) >= 0)) return true;
        }

        return false;
    }
}
