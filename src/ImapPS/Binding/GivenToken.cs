using System.Management.Automation;
using System.Net;
using System.Security;
using ImapPS.Errors;
using ImapPS.Models;
using ImapPS.OAuth;
using ImapPS.Pipeline.Connecting;

namespace ImapPS.Binding;

/// <summary>What was given for an access token. It shows nothing of it.</summary>
internal sealed class GivenToken
{
    private readonly TokenSource? _source;
    private readonly string _kind;

    private GivenToken(TokenSource? source, string kind) => (_source, _kind) = (source, kind);

    /// <summary>Where the tokens of the session come from.</summary>
    public TokenSource Source => _source ?? throw Failures.NoTokenGiven(_kind);

    /// <summary>What it is that was given.</summary>
    public static GivenToken Of(object? given)
    {
        object? value = Wrapped.Unwrap(given);
        if (value is GivenToken known) return known;

        TokenSource? source = value switch
        {
            null => null,
            ScriptBlock block => new ScriptTokens(block),
            ImapAccessToken { Source: { } own } => own,
            _ => Read(given!) is { } token ? (TokenSource?)Renewable(given!, token) ?? new FixedTokens(token) : null,
        };
        return new GivenToken(source, value is null or string or SecureString ? "nothing"
            : $"an object of the type {value.GetType().Name}");
    }

    /// <summary>The token that something is or holds; null when there is none.</summary>
    public static Token? Read(object given)
    {
        object? value = Wrapped.Unwrap(given);
        if (Text(value) is { } bare) return bare.Length == 0 ? null : new Token(bare);
        if (value is null || (Property(given, "AccessToken") ?? Property(given, "Token")) is not { Length: > 0 } text) return null;

        var token = new Token(text);
        return new Token(text)
        {
            ExpiresOn = PropertyReader.ReadTime(given, nameof(ImapAccessToken.ExpiresOn)) ?? token.ExpiresOn,
            Scope = PropertyReader.Raw(given, nameof(ImapAccessToken.Scope)) as string,
            RefreshToken = Property(given, nameof(ImapAccessToken.RefreshToken)),
            UserName = UserName(given) ?? token.UserName,
        };
    }

    /// <summary>The secret in plain text; null when it is none.</summary>
    public static string? Text(object? value) => Wrapped.Unwrap(value) switch
    {
        // What files of text keep of a SecureString.
        "System.Security.SecureString" => null,
        string text => text.Trim(),
        SecureString secret => new NetworkCredential(string.Empty, secret).Password,
        _ => null,
    };

    /// <summary>What Get-ImapAccessToken emitted and Export-Clixml kept can be renewed; null for what cannot.</summary>
    private static FlowTokens? Renewable(object given, Token token)
    {
        if (token.RefreshToken is null || Wrapped.Unwrap(given) is string or SecureString) return null;

        return PropertyReader.Raw(given, nameof(ImapAccessToken.Issuer)) is string issuer
            && PropertyReader.Raw(given, nameof(ImapAccessToken.ClientId)) is string client
            ? new FlowTokens(new TokenRequest(Provider.Find(issuer, tenant: null), client) { UserName = token.UserName }, token) : null;
    }

    private static string? Property(object given, string name) => Text(PropertyReader.Raw(given, name));

    /// <summary>Get-AzAccessToken has a UserId, which for an application is no address.</summary>
    private static string? UserName(object given) => PropertyReader.Raw(given, nameof(ImapAccessToken.UserName)) as string
        ?? (PropertyReader.Raw(given, "UserId") is string id && id.IndexOf('@') > 0 ? id : null);
}
