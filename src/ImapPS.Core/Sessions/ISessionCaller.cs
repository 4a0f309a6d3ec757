using System.Threading;
using ImapPS.Errors;

namespace ImapPS.Sessions;

/// <summary>Who runs an operation: how it is told of what happens on the way, and how it breaks off.</summary>
internal interface ISessionCaller : IPipelineCaller
{
    /// <summary>Cuts a command in flight, and the connection with it. Set some time after the work was asked to stop.</summary>
    CancellationToken Abort { get; }

    /// <summary>
    /// Work in the session begins. What earlier commands left untold there is told, and what this one cannot tell is left there.
    /// </summary>
    void Begin(SessionConnection session);

    /// <summary>An error about one item, such as a message that cannot be read. The work goes on.</summary>
    void Error(ImapException exception);

    /// <summary>The connection was lost; unless the retries are used up, the work goes on when it is back.</summary>
    void ConnectionLost();
}
