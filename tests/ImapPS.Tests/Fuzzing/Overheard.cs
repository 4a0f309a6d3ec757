using System.Collections.Concurrent;
using ImapPS.Errors;
using ImapPS.Sessions;

namespace ImapPS.Tests.Fuzzing;

/// <summary>A caller who keeps all that is told.</summary>
internal sealed class Overheard : ISessionCaller
{
    private readonly ConcurrentQueue<string> _words = new();
    private readonly ConcurrentQueue<ImapException> _errors = new();

    public IEnumerable<string> Words => _words;

    public IEnumerable<ImapException> Errors => _errors;

    public CancellationToken Abort => CancellationToken.None;

    public void Begin(SessionConnection session)
    {
    }

    public void Verbose(string message) => _words.Enqueue(message);

    public void Warning(string message) => _words.Enqueue(message);

    public void Error(ImapException exception) => _errors.Enqueue(exception);

    public Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken) => Task.FromResult(question());

    public void ConnectionLost()
    {
    }
}

/// <summary>The owner of a session that ends with its test.</summary>
internal sealed class Owner : ISessionOwner
{
    public bool IsGone => false;
}
