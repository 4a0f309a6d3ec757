using System;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.OAuth;
using MailKit.Net.Imap;

namespace ImapPS.Sessions;

/// <summary>What a login with an access token has that one with a password has not: the token ends, and another one may be had.</summary>
internal static class TokenLogin
{
    /// <summary>The mechanisms that take a token, the better first.</summary>
    private static readonly string[] _mechanisms = ["OAUTHBEARER", "XOAUTH2"];

    /// <summary>The mechanism for a token that the server offers; null when it offers none.</summary>
    public static string? Mechanism(ImapClient client, string? chosen) => Array.Find(_mechanisms,
        mechanism => client.AuthenticationMechanisms.Contains(mechanism) && (chosen is null || chosen == mechanism));

    /// <summary>Makes sure that the server takes a token, before anybody logs in for one.</summary>
    public static void Examine(ImapClient client, ConnectionSettings settings)
    {
        string host = settings.Address.Host;
        if (!client.IsSecure && !settings.AllowPlaintext) throw Failures.TokenInClear(host);
        if (Mechanism(client, settings.Mechanism) is null) throw Failures.NoTokenMechanism(host, client.AuthenticationMechanisms);
    }

    /// <summary>Takes a token for one login, if it is a token that proves who it is.</summary>
    public static async Task<Identity> PrepareAsync(Identity identity, Opening opening, CancellationToken cancellationToken)
    {
        if (identity.Tokens is not { } tokens) return identity;

        opening.Token = await tokens.GetAsync(opening.Caller ?? throw Failures.NobodyToAsk(), cancellationToken).ConfigureAwait(false);
        return identity with { Token = opening.Token };
    }

    /// <summary>Connects. If the server refuses a token that was there before, another one is taken, once.</summary>
    public static async Task<ImapClient> RunAsync(Func<Task<ImapClient>> connect, Func<TokenSource?> tokens, Opening opening,
        CancellationToken cancellationToken)
    {
        opening.Token = null;
        try
        {
            return await connect().ConfigureAwait(false);
        }
        catch (ImapException refused) when (refused.Id == ImapErrorId.AuthenticationFailed && opening.IsTokenOld && tokens() is not null)
        {
            Token old = opening.Token!;
            if (!await tokens()!.RenewAsync(old, opening.Caller!, cancellationToken).ConfigureAwait(false)) throw;

            opening.Tell("The server refused the access token. Trying again with a new one.");
        }

        return await connect().ConfigureAwait(false);
    }
}
