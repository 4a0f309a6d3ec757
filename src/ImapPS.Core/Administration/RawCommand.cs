using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Administration;

/// <summary>A command in the user's own words, checked, with what follows it.</summary>
internal sealed class RawCommand
{
    /// <summary>What is longer goes as a literal: servers bound their lines.</summary>
    private const int LongestQuoted = 1000;

    /// <summary>What stands for NIL. Null stands for nothing: a variable without a value would be one.</summary>
    public static readonly object Nil = new();

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);
    private static readonly Regex _name = new(@"\A(?<name>[A-Za-z][A-Za-z0-9._-]*)(?: +(?<rest>.*))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, _patience);
    private static readonly Regex _literal = new(@"\{[0-9]*\+?\}\z", RegexOptions.CultureInvariant, _patience);

    private readonly StringBuilder _format = new();
    private readonly StringBuilder _shown = new();
    private readonly List<object> _values = [];

    private RawCommand(string text, IReadOnlyList<object?> arguments)
    {
        Match match = _name.Match(text);
        Name = match.Groups["name"].Value.ToUpperInvariant();
        string rest = match.Groups["rest"].Value;
        string line = rest.Length == 0 ? Name : $"{Name} {rest}";
        Put(line.Replace("%", "%%"), line);
        foreach (object? argument in arguments)
        {
            Put(" ");
            Append(argument);
        }

        if (Name == "UID") Name = $"UID {Shown.Substring(3).TrimStart().Split(' ')[0].ToUpperInvariant()}";
    }

    /// <summary>The name in capitals: SETACL, UID STORE.</summary>
    public string Name { get; }

    /// <summary>The command as a person reads it.</summary>
    public string Shown => _shown.ToString();

    /// <summary>The command as MailKit takes it.</summary>
    public string Format => _format.ToString();

    /// <summary>What stands for %S, %Q, %L and %F in it; a FolderPath for a folder.</summary>
    public IReadOnlyList<object> Values => _values;

    /// <summary>True where text is not ASCII.</summary>
    public bool HasForeignText => _values.OfType<string>().Any(text => text.Any(c => c > '~'));

    /// <summary>How many literals it may have.</summary>
    public int Literals => _values.Count;

    /// <summary>Checks a command.</summary>
    /// <param name="text">The command, without a tag.</param>
    /// <param name="arguments">What follows it: text, octets, numbers, folders, <see cref="Nil"/>, and lists of these.</param>
    /// <param name="inFolder">Whether a folder will be selected.</param>
    public static RawCommand Of(string text, IReadOnlyList<object?> arguments, bool inFolder)
    {
        string line = text.Trim(' ');
        if (Array.Exists(line.ToCharArray(), c => c is < ' ' or '\x7f')) throw Failures.CommandControls(line);
        if (Array.Exists(line.ToCharArray(), c => c > '~')) throw Failures.CommandNotAscii(line);
        if (!_name.IsMatch(line)) throw Failures.CommandUnnamed(line);
        if (_literal.IsMatch(line)) throw Failures.CommandLiteral(line);

        var command = new RawCommand(line, arguments);
        if (CommandRules.Instead(command.Name) is { } instead) throw Failures.CommandRefused(command.Name, instead);
        return inFolder || !CommandRules.IsOfFolder(command.Name) ? command : throw Failures.CommandNeedsFolder(command.Name);
    }

    private void Put(string format, string? shown = null)
    {
        _format.Append(format);
        _shown.Append(shown ?? format);
    }

    private void Append(object? argument)
    {
        switch (argument)
        {
            case null:
                throw Failures.CommandArgumentNull();
            case not null when ReferenceEquals(argument, Nil):
                Put("NIL");
                break;
            case string text:
                AppendText(text);
                break;
            case byte[] octets:
                AppendOctets(octets);
                break;
            case FolderPath folder:
                _values.Add(folder);
                Put("%F", Quoted(folder.Path));
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong:
                Put(Convert.ToString(argument, CultureInfo.InvariantCulture)!);
                break;
            case IEnumerable list:
                Put("(");
                foreach ((object? item, int i) in list.Cast<object?>().Select((item, i) => (item, i)))
                {
                    if (i > 0) Put(" ");
                    Append(item);
                }

                Put(")");
                break;
            default:
                throw Failures.CommandArgumentInvalid(argument);
        }
    }

    private void AppendText(string text)
    {
        if (text.IndexOf('\0') >= 0) throw Failures.CommandArgumentInvalid(text);

        if (text.Length > LongestQuoted)
        {
            AppendOctets(Encoding.UTF8.GetBytes(text));
            return;
        }

        // An atom of that name is no text, but nothing at all.
        bool isNil = string.Equals(text, "NIL", StringComparison.OrdinalIgnoreCase);
        _values.Add(text);
        Put(isNil ? "%Q" : "%S", isNil ? "\"NIL\"" : text.Any(char.IsControl) ? Head(Encoding.UTF8.GetByteCount(text)) : Quoted(text));
    }

    /// <summary>NUL is for literal8 alone (RFC 3516).</summary>
    private void AppendOctets(byte[] octets)
    {
        _values.Add(octets);
        Put(Array.IndexOf(octets, (byte)0) >= 0 ? "~%L" : "%L", Head(octets.Length));
    }

    private static string Head(int octets) => string.Format(CultureInfo.InvariantCulture, "{{{0}}}", octets);

    private static string Quoted(string text) =>
        text.Length > 0 && Array.TrueForAll(text.ToCharArray(), c => c > ' ' && "(){%*\"\\]".IndexOf(c) < 0)
            ? text
            : $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
