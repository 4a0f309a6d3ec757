using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Mailbox;
using ImapPS.Models;
using ImapPS.Sessions;
using MailKit;
using MailKit.Net.Imap;

namespace ImapPS.Administration;

/// <summary>
/// Reads and sets metadata (RFC 5464). MailKit puts options where servers do not take them, and ends the connection at a value of over
/// 4,096 octets and at an entry that is not there.
/// </summary>
/// <param name="mailbox">The account.</param>
internal sealed class MetadataAccess(MailboxAccess mailbox)
{
    /// <summary>What is longer goes as a literal: servers bound their lines.</summary>
    private const int LongestQuoted = 1000;

    private static readonly Regex _code = new(@"\[METADATA (?<what>[A-Z]+)(?: (?<number>[0-9]{1,10}))?\]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1));

    /// <summary>Reads entries.</summary>
    /// <param name="path">The folder; empty for the server.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="depth">How far below them.</param>
    /// <param name="maxSize">The octets of the longest value that is wanted.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    /// <returns>The entries, and the octets of the longest value if it was left out.</returns>
    public Task<(IReadOnlyList<ImapMetadata> Found, long? Longest)> GetAsync(string path, IReadOnlyList<string> entries,
        ImapMetadataDepth depth, long maxSize, CancellationToken cancellationToken)
    {
        string below = depth switch { ImapMetadataDepth.One => " DEPTH 1", ImapMetadataDepth.Infinity => " DEPTH infinity", _ => "" };
        string options = string.Format(CultureInfo.InvariantCulture, "(MAXSIZE {0}{1})", maxSize, below);
        return RunAsync(
            path,
            $"GETMETADATA {options} {{0}} ({string.Join(" ", entries.Select(_ => "%S"))})",
            [.. entries],
            answers =>
            {
                IReadOnlyList<ImapMetadata> found = [.. answers.Of("METADATA").Where(answer => answer.Count > 1)
                    .SelectMany(answer => Values(path, answer[1].Items))
                    .GroupBy(one => one.Entry, StringComparer.OrdinalIgnoreCase).Select(same => same.Last())];
                mailbox.Session.Memory.Settings.LearnEntries(found.Select(one => one.Entry));
                Match code = _code.Match(answers.Status);
                bool isLong = code.Success && string.Equals(code.Groups["what"].Value, "LONGENTRIES", StringComparison.OrdinalIgnoreCase);
                return (found, isLong ? (long?)Digits.Read(code.Groups["number"].Value) : null);
            },
            cancellationToken);
    }

    /// <summary>Sets or removes an entry.</summary>
    /// <param name="path">The folder; empty for the server.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="value">The octets of the value; null for none.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public Task<bool> SetAsync(string path, string entry, byte[]? value, CancellationToken cancellationToken)
    {
        bool isQuoted = value is { Length: <= LongestQuoted } && Array.TrueForAll(value, octet => octet is >= 32 and < 127);

        // A value is a string, and never an atom. NUL is for literal8 alone (RFC 3516).
        string format = value is null ? "NIL" : isQuoted ? "%Q" : Array.IndexOf(value, (byte)0) >= 0 ? "~%L" : "%L";
        object[] arguments = value is null ? [entry] : [entry, isQuoted ? Encoding.ASCII.GetString(value) : value];
        return RunAsync(path, $"SETMETADATA {{0}} (%S {format})", arguments, _ => true, cancellationToken);
    }

    /// <summary>Refuses a folder that is not there.</summary>
    public Task<bool> CheckAsync(string path, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) => await MailboxAccess.FindAsync(client, path, abort).ConfigureAwait(false) is not null,
            cancellationToken,
            target: path);

    /// <summary>Refuses a server without metadata. Of an old one it is told that it has something like it.</summary>
    /// <param name="ofServer">Whether it is about entries of the server, which some have alone.</param>
    /// <param name="cancellationToken">Asks to stop.</param>
    public Task RequireAsync(bool ofServer, CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) =>
            {
                ImapCapabilities enough = ImapCapabilities.Metadata
                    | (ofServer ? ImapCapabilities.MetadataServer : ImapCapabilities.None);
                if ((client.Capabilities & enough) != ImapCapabilities.None) return true;

                Answers answers = await ((StreamingClient)client)
                    .HearAsync('C', () => DirectCommand.SendAsync(client, "CAPABILITY", [], abort)).ConfigureAwait(false);
                throw Failures.NoMetadata(isOld: answers.Of("CAPABILITY").Any(answer => answer.Any(word => word.Is("ANNOTATEMORE"))));
            },
            cancellationToken);

    private IEnumerable<ImapMetadata> Values(string path, IReadOnlyList<AnswerPart> parts)
    {
        for (int i = 0; i + 1 < parts.Count; i += 2)
        {
            // NIL is an entry that is not there.
            if (parts[i + 1].Octets is { } octets) yield return ImapMetadata.Of(mailbox.SessionId, path, parts[i].Text, octets);
        }
    }

    private Task<T> RunAsync<T>(string path, string format, object[] arguments, Func<Answers, T> read,
        CancellationToken cancellationToken) =>
        mailbox.RunAsync(
            async (client, abort) =>
            {
                var tap = new AnswerTap('M');
                try
                {
                    if (path.Length == 0)
                    {
                        await HearAsync(client, tap, format, "%S", [string.Empty, .. arguments], abort).ConfigureAwait(false);
                    }
                    else
                    {
                        IMailFolder folder = await MailboxAccess.FindAsync(client, path, abort).ConfigureAwait(false);
                        await MailboxAccess.OnFolderAsync(client, folder,
                            () => HearAsync(client, tap, format, "%F", [folder, .. arguments], abort), abort).ConfigureAwait(false);
                    }
                }
                catch (ImapCommandException refused) when (_code.Match(tap.Status) is { Success: true } code)
                {
                    throw Failures.MetadataRefused(code.Groups["what"].Value.ToUpperInvariant(), code.Groups["number"].Value,
                        refused.ResponseText, refused, path);
                }

                return read(new Answers(tap));
            },
            cancellationToken,
            target: path);

    private static Task HearAsync(ImapClient client, AnswerTap tap, string format, string place, object[] arguments,
        CancellationToken abort) =>
        ((StreamingClient)client).HearAsync(tap, () =>
            DirectCommand.SendAsync(client, string.Format(CultureInfo.InvariantCulture, format, place), arguments, abort));
}
