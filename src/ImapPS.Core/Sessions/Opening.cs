using System;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;

namespace ImapPS.Sessions;

/// <summary>What happens while a connection is opened.</summary>
/// <param name="Tell">Told of each step.</param>
/// <param name="Ask">Asks who logs in, if that is not known: once the server was reached, for as long as it takes.</param>
internal sealed record Opening(Action<string> Tell, Func<CancellationToken, Task<Identity>> Ask)
{
    /// <summary>For a connection that is opened again, or beside another: nobody is told or asked.</summary>
    public static Opening Silent => new(_ => { }, _ => throw Failures.NobodyToAsk());

    /// <summary>True when the server had accepted the login before the last try failed.</summary>
    public bool IsAccepted { get; set; }
}
