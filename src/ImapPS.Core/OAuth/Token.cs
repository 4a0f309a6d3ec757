using System;

namespace ImapPS.OAuth;

/// <summary>An access token, and what came with it. A class, not a record: nothing prints what it holds.</summary>
internal sealed class Token
{
    /// <summary>
    /// How long before its end a token is renewed, at most. A token with a short life is renewed when a tenth of it is left.
    /// </summary>
    private static readonly TimeSpan _margin = TimeSpan.FromMinutes(5);

    public Token(string value)
    {
        Value = value;
        Claims = TokenClaims.Read(value);
        ExpiresOn = Claims?.ExpiresOn;
        UserName = Claims?.UserName;
    }

    public string Value { get; }

    /// <summary>What the token says of itself; null when only its server can read it.</summary>
    public TokenClaims? Claims { get; }

    public string? RefreshToken { get; init; }

    /// <summary>When it ends; null when that is not known.</summary>
    public DateTimeOffset? ExpiresOn { get; init; }

    public string? Scope { get; init; }

    /// <summary>Whose it is; null when that is not known.</summary>
    public string? UserName { get; init; }

    public DateTimeOffset Received { get; } = DateTimeOffset.UtcNow;

    /// <summary>The same with the refresh token that it was got for.</summary>
    public Token With(string refreshToken) =>
        new(Value) { RefreshToken = refreshToken, ExpiresOn = ExpiresOn, Scope = Scope, UserName = UserName };

    /// <summary>True when the token is too near its end to log in with.</summary>
    public bool IsNearEnd(DateTimeOffset now)
    {
        if (ExpiresOn is not { } end) return false;

        DateTimeOffset begin = Claims?.IssuedAt is { } issued && issued < Received ? issued : Received;
        TimeSpan tenth = new((end - begin).Ticks / 10);
        return end - now <= (tenth < _margin ? tenth : _margin);
    }
}
