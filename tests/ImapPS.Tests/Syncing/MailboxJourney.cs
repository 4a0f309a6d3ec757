using System.Globalization;
using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Syncing;

/// <summary>A mailbox of twenty folders with names in all scripts, and what an account holds of it, whatever server it is on.</summary>
internal static class MailboxJourney
{
    /// <summary>As Dovecot has them. No other server writes them otherwise, but for the delimiter and the prefix.</summary>
    public static IReadOnlyList<string> Folders { get; } =
    [
        "INBOX", "Sent", "Junk", "Plain", "Plain/Below", "Plain/Below/It", "With space", "a&b", "Ünïcode", "Русский/Письма",
        "日本語", "中文/文件夹", "한국어", "العربية", "עברית", "ไทย", "हिन्दी", "Ελληνικά", "ქართული", "Emoji 📬",
    ];

    /// <summary>Fills each folder with so many messages, of which some have no Message-ID, and some are there twice.</summary>
    public static void Fill(MailUser user, int each)
    {
        foreach ((string folder, int i) in Folders.Select((folder, i) => (folder, i)))
        {
            user.DeliverMany(folder, each, n => new SeedMessage(
                Encoding.Latin1.GetString(Cuts.Sample((i * each) + (n % 5 == 4 ? n - 1 : n))),
                new MessageState(new DateTimeOffset(2015, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(n), (SystemFlags)(n % 16),
                    n % 3 == 0 ? ["$Forwarded", "Work"] : [])));
        }
    }

    /// <summary>All that the folders hold: a line for each message, in no order that depends on UIDs.</summary>
    public static async Task<IReadOnlyList<string>> HeldAsync(IMailServer server, MailLogin user, CancellationToken cancellationToken)
    {
        await using RawImapClient client = await server.ConnectAsync(user, cancellationToken);
        return await HeldAsync(client, folder => folder == "INBOX" ? folder : server.Prefix + folder.Replace('/', server.Delimiter),
            cancellationToken);
    }

    /// <inheritdoc cref="HeldAsync(IMailServer, MailLogin, CancellationToken)"/>
    public static async Task<IReadOnlyList<string>> HeldAsync(MailUser user, CancellationToken cancellationToken)
    {
        await using RawImapClient client = await user.ConnectAsync(cancellationToken);
        return await HeldAsync(client, folder => folder, cancellationToken);
    }

    private static async Task<IReadOnlyList<string>> HeldAsync(RawImapClient client, Func<string, string> place,
        CancellationToken cancellationToken)
    {
        List<string> held = [];
        foreach (string folder in Folders)
        {
            string name = RawImapClient.Quote(place(folder));
            (await client.CommandAsync($"EXAMINE {name}", cancellationToken)).EnsureOk(folder);
            if ((await client.CommandAsync("SEARCH ALL", cancellationToken)).Untagged.All(line => line.Trim() == "* SEARCH")) continue;

            RawResponse octets = await client.CommandAsync("FETCH 1:* BODY.PEEK[]", cancellationToken);
            RawResponse states = await client.CommandAsync("FETCH 1:* (FLAGS INTERNALDATE)", cancellationToken);
            held.AddRange(HeldMessages
                .InOrder(octets.Literals, [.. states.Untagged.Where(line => line.Contains(" FETCH ", StringComparison.Ordinal))])
                .Select(message => $"{folder}: {message}"));
        }

        return held;
    }

    /// <summary>Seconds, and the commands that went either way.</summary>
    public static string Count(TimeSpan elapsed, params FaultProxy[] proxies) => string.Create(CultureInfo.InvariantCulture,
        $"{elapsed.TotalSeconds:F1} s, {string.Join(" and ", proxies.Select(proxy => proxy.Commands.Count))} commands, ")
        + string.Join("; ", proxies.Select(proxy => string.Join(' ', proxy.Commands.GroupBy(command => command.Verb)
            .OrderByDescending(group => group.Count()).Take(6).Select(group => Invariant($"{group.Count()} {group.Key}")))));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
