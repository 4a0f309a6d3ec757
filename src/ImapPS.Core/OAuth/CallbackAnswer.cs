using System.Collections.Specialized;

namespace ImapPS.OAuth;

/// <summary>
/// What the browser brings back from the issuer (RFC 6749, 4.1.2). A class, not a record: nothing prints what it holds.
/// </summary>
/// <param name="query">The query of the address; empty for a browser that wants something else.</param>
internal sealed class CallbackAnswer(NameValueCollection query)
{
    public string? State { get; } = query["state"];

    public string? Code { get; } = query["code"];

    /// <summary>Who says it (RFC 9207); null when it does not say.</summary>
    public string? Issuer { get; } = query["iss"];

    public string? Error { get; } = query["error"];

    public string? ErrorDescription { get; } = query["error_description"];
}
