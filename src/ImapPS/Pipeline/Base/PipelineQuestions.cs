using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace ImapPS.Pipeline.Base;

/// <summary>
/// Questions for the thread of a pipeline, whichever cmdlet has it. A cmdlet whose objects are being taken cannot answer: the thread is
/// in a cmdlet after it, which may wait for the very connection that is not opened before the answer.
/// </summary>
internal sealed class PipelineQuestions
{
    [ThreadStatic]
    private static PipelineQuestions? _here;

    private readonly LinkedList<Action> _waiting = [];
    private readonly List<PipelineWriter> _listening = [];

    /// <summary>Those of this thread.</summary>
    public static PipelineQuestions Here => _here ??= new PipelineQuestions();

    /// <summary>A cmdlet begins to listen on the thread; the last one that has begun answers.</summary>
    public void Enter(PipelineWriter writer)
    {
        lock (_waiting)
        {
            _listening.Add(writer);
            Wake();
        }
    }

    public void Leave(PipelineWriter writer)
    {
        lock (_waiting)
        {
            _listening.Remove(writer);
            Wake();
        }
    }

    public async Task<T> AskAsync<T>(Func<T> question, CancellationToken cancellationToken)
    {
        var answered = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = new LinkedListNode<Action>(() => Answer(question, answered));
        using CancellationTokenRegistration registration = cancellationToken.Register(() => answered.TrySetCanceled(cancellationToken));
        lock (_waiting)
        {
            _waiting.AddLast(waiting);
            Wake();
        }

        try
        {
            return await answered.Task.ConfigureAwait(false);
        }
        finally
        {
            lock (_waiting)
            {
                if (waiting.List is not null) _waiting.Remove(waiting);
            }
        }
    }

    private static void Answer<T>(Func<T> question, TaskCompletionSource<T> answered)
    {
        try
        {
            answered.TrySetResult(question());
        }
        catch
        {
            // What ends the pipeline ends it as anywhere.
            answered.TrySetCanceled();
            throw;
        }
    }

    private void Wake()
    {
        if (_waiting.Count > 0 && _listening.Count > 0) _listening[_listening.Count - 1].Call(AnswerNext);
    }

    private void AnswerNext()
    {
        Action? next;
        lock (_waiting)
        {
            next = _waiting.First?.Value;
            if (next is not null) _waiting.RemoveFirst();
        }

        next?.Invoke();
        lock (_waiting) Wake();
    }
}
