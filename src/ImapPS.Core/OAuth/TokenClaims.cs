using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace ImapPS.OAuth;

/// <summary>
/// What a token says of itself, if it is a JWT (RFC 7519): whom it is for, whose it is, and what it allows. It is read to explain a refusal
/// and to know the user, and never to trust it, so its signature is not looked at.
/// </summary>
internal sealed class TokenClaims
{
    private static readonly string[] _userNames = ["preferred_username", "upn", "unique_name", "email"];

    private readonly JsonElement _claims;

    private TokenClaims(JsonElement claims) => _claims = claims;

    public IReadOnlyList<string> Audiences => Texts("aud");

    /// <summary>What the token allows a program to do for its user.</summary>
    public IReadOnlyList<string> Scopes => [.. Texts("scp").Concat(Texts("scope")).SelectMany(scopes => scopes.Split(' '))];

    /// <summary>What the token allows a program to do by itself.</summary>
    public IReadOnlyList<string> Roles => Texts("roles");

    public DateTimeOffset? ExpiresOn => Time("exp");

    public DateTimeOffset? IssuedAt => Time("iat");

    public string? UserName => _userNames.Select(name => Texts(name).FirstOrDefault()).FirstOrDefault(name => !string.IsNullOrEmpty(name));

    /// <summary>The claims of a token; null when it is no JWT, or an encrypted one.</summary>
    public static TokenClaims? Read(string token)
    {
        string[] parts = token.Split('.');
        if (parts.Length != 3) return null;

        try
        {
            using JsonDocument document = JsonDocument.Parse(Base64Url.Decode(parts[1]));
            return document.RootElement.ValueKind == JsonValueKind.Object ? new TokenClaims(document.RootElement.Clone()) : null;
        }
        catch (Exception other) when (other is FormatException or JsonException or DecoderFallbackException)
        {
            return null;
        }
    }

    private string[] Texts(string name) => !_claims.TryGetProperty(name, out JsonElement claim) ? []
        : claim.ValueKind == JsonValueKind.Array
            ? [.. claim.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)]
        : claim.ValueKind == JsonValueKind.String ? [claim.GetString()!] : [];

    private DateTimeOffset? Time(string name)
    {
        // The latest point in time that a DateTimeOffset holds.
        const double Latest = 253_402_300_799;
        return _claims.TryGetProperty(name, out JsonElement claim) && claim.ValueKind == JsonValueKind.Number
            && claim.TryGetDouble(out double seconds) && seconds is >= 0 and <= Latest
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;
    }
}
