using System;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.OAuth;

namespace ImapPS.Sessions;

/// <summary>What happens while a connection is opened.</summary>
/// <param name="Tell">Told of each step.</param>
/// <param name="Ask">Asks who logs in, if that is not known: once the server was reached, for as long as it takes.</param>
internal sealed record Opening(Action<string> Tell, Func<CancellationToken, Task<Identity>> Ask)
{
    private readonly DateTimeOffset _begun = DateTimeOffset.UtcNow;

    /// <summary>Who is asked for an access token; null for nobody.</summary>
    public IPipelineCaller? Caller { get; init; }

    /// <summary>For a connection that is opened again, or beside another: nobody is told or asked.</summary>
    public static Opening Silent => new(_ => { }, _ => throw Failures.NobodyToAsk());

    /// <summary>The token that was used for the last try; null for none.</summary>
    public Token? Token { get; set; }

    /// <summary>True when the token of the last try was there before: another one may be taken.</summary>
    public bool IsTokenOld => Token is not null && Token.Received < _begun;

    /// <summary>The same for who is to be asked for an access token, and for nothing else.</summary>
    public static Opening For(IPipelineCaller caller) => Silent with { Caller = caller };

    /// <summary>True when the server had accepted the login before the last try failed.</summary>
    public bool IsAccepted { get; set; }
}
