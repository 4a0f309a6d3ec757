using System;

namespace ImapPS.Administration;

/// <summary>
/// The name of an untagged response, octet by octet. MailKit keeps its picture of the folder and of the connection by some of them, and
/// stumbles over many another. A name is one of these, or begins like one, until an octet comes that none of them has there.
/// </summary>
/// <param name="known">The names that MailKit is to see.</param>
internal sealed class AnswerWord(string[] known)
{
    private readonly char[] _word = new char[16];
    private int _length;
    private bool _isRead;

    /// <summary>True for a status response, which has no literals: its words mean nothing.</summary>
    public bool IsStatus => _isRead && Array.Exists(_status, name => name.Length == _length && BeginsLike(name));

    private static readonly string[] _status = ["OK", "NO", "BAD", "BYE", "PREAUTH"];

    /// <summary>Takes the next octet of a response, from what follows the asterisk on.</summary>
    /// <returns>True where the octet makes a name of it that MailKit is not to see.</returns>
    public bool Take(char c)
    {
        if (_isRead) return false;

        char upper = char.ToUpperInvariant(c);
        if (upper is not (>= 'A' and <= 'Z'))
        {
            // A number may come before the name, and anything after it.
            _isRead = _length > 0 || !(c == ' ' || (c >= '0' && c <= '9'));
            return false;
        }

        if (_length < _word.Length) _word[_length++] = upper;
        if (Array.Exists(known, BeginsLike)) return false;

        _isRead = true;
        return true;
    }

    /// <summary>Begins again, with another response.</summary>
    public void Clear() => (_length, _isRead) = (0, false);

    private bool BeginsLike(string name) => name.Length >= _length && name.AsSpan(0, _length).SequenceEqual(_word.AsSpan(0, _length));
}
