using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Binding;
using ImapPS.Errors;
using ImapPS.OAuth;
using ImapPS.Sessions;

namespace ImapPS.Pipeline.Connecting;

/// <summary>
/// A script block that knows where to get a token. It is asked for each login, on the thread of the cmdlet that needs one.
/// </summary>
internal sealed class ScriptTokens(ScriptBlock script) : TokenSource
{
    private readonly WeakReference<Runspace?> _home = new(Runspace.DefaultRunspace);

    protected override bool CanRenew => true;

    protected override bool AsksEachTime => true;

    protected override async Task<Token> FetchAsync(Token? last, IPipelineCaller caller, CancellationToken cancellationToken)
    {
        caller.Verbose("Asking the script block of -AccessToken for a token.");
        (object? given, string? written, RuntimeException? failure) = await AskAsync(caller, cancellationToken).ConfigureAwait(false);
        if (failure is not null) throw Failures.TokenNotAsked(failure);

        return (given is null ? null : GivenToken.Read(given))
            ?? throw Failures.NotAToken(
                given is null ? "nothing" : $"an object of the type {Wrapped.Unwrap(given).GetType().Name}", written);
    }

    private async Task<(object? Given, string? Written, RuntimeException? Failure)> AskAsync(
        IPipelineCaller caller, CancellationToken cancellationToken)
    {
        try
        {
            return await caller.AskAsync(Run, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException nobody) when (!cancellationToken.IsCancellationRequested)
        {
            // The pipeline was stopped, and this is no connection that got lost.
            throw Failures.TokenNotAsked(nobody);
        }
    }

    private (object? Given, string? Written, RuntimeException? Failure) Run()
    {
        object? before = Errors().FirstOrDefault();
        try
        {
            object? given = Here().Invoke().LastOrDefault(output => output is not null);

            // The newest is the first.
            object? written = Errors().TakeWhile(error => !ReferenceEquals(error, before)).LastOrDefault();
            return (given, written?.ToString(), null);
        }
        catch (RuntimeException failed) when (failed is not PipelineStoppedException)
        {
            return (null, null, failed);
        }
    }

    /// <summary>The errors of this runspace. What a script block writes as one is not among what it returns.</summary>
    private static object[] Errors() =>
        [.. ScriptBlock.Create("$global:Error").Invoke().Select(error => error.BaseObject)];

    /// <summary>
    /// The script block for this runspace: one of another runspace would be run there, and wait for it to be idle, which it may not be
    /// before this one is done.
    /// </summary>
    private ScriptBlock Here() => _home.TryGetTarget(out Runspace? home) && ReferenceEquals(home, Runspace.DefaultRunspace)
        ? script : ScriptBlock.Create(script.ToString());
}
