using System;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Sessions;

/// <summary>Who is told of what happens on the way, and asked for what only the pipeline knows.</summary>
internal interface IPipelineCaller
{
    void Verbose(string message);

    void Warning(string message);

    /// <summary>Asks the thread of the pipeline. When the pipeline has ended and nobody answers any more, the task is cancelled.</summary>
    Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken);
}
