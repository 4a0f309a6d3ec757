using System;
using System.Diagnostics.CodeAnalysis;
using System.Threading;
using System.Threading.Tasks;
using ImapPS.Errors;
using ImapPS.Sessions;

namespace ImapPS.OAuth;

/// <summary>
/// Where the access tokens of a session come from. All connections of a session share it: a token is asked for once, and a refresh token
/// that the issuer rotates is used once.
/// </summary>
[SuppressMessage("Design", "CA1001",
    Justification = "Sessions and objects of scripts share it, and nobody knows who is the last. The gate holds nothing that is not "
        + "collected.")]
internal abstract class TokenSource
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private Token? _unused;
    private ImapException? _end;

    /// <summary>True when a token other than the last one can be had without asking anybody to log in.</summary>
    protected abstract bool CanRenew { get; }

    /// <summary>True when a token is asked for each time, since its owner keeps it.</summary>
    protected virtual bool AsksEachTime => false;

    /// <summary>The last token; null before the first.</summary>
    public Token? Current { get; private set; }

    /// <summary>Gets the first token, which the next login uses.</summary>
    public Task<Token> PrepareAsync(IPipelineCaller caller, CancellationToken cancellationToken) => GuardedAsync(
        async () =>
        {
            if (Current is null || IsSpent(Current)) await ReplaceAsync(caller, cancellationToken).ConfigureAwait(false);
            return _unused = Current!;
        },
        cancellationToken);

    /// <summary>A token to log in with: the last one, as long as it is good.</summary>
    public Task<Token> GetAsync(IPipelineCaller caller, CancellationToken cancellationToken) => GuardedAsync(
        async () =>
        {
            bool isUnused = _unused is not null && ReferenceEquals(_unused, Current);
            _unused = null;
            if (Current is null || IsSpent(Current) || (AsksEachTime && !isUnused))
            {
                await ReplaceAsync(caller, cancellationToken).ConfigureAwait(false);
            }

            return Current!;
        },
        cancellationToken);

    /// <summary>Gets another token, since the server has refused this one.</summary>
    /// <returns>False when there is no other.</returns>
    public Task<bool> RenewAsync(Token refused, IPipelineCaller caller, CancellationToken cancellationToken) => GuardedAsync(
        async () =>
        {
            // Another connection may have been here before.
            if (!ReferenceEquals(Current, refused)) return true;
            if (!CanRenew) return false;

            _unused = null;
            await ReplaceAsync(caller, cancellationToken).ConfigureAwait(false);
            if (AsksEachTime) _unused = Current;
            return AsksEachTime ? Current!.Value != refused.Value : true;
        },
        cancellationToken);

    /// <summary>Gets a token.</summary>
    /// <param name="last">The last one; null for the first.</param>
    /// <param name="caller">Who is told and asked.</param>
    /// <param name="cancellationToken">Gives up.</param>
    protected abstract Task<Token> FetchAsync(Token? last, IPipelineCaller caller, CancellationToken cancellationToken);

    protected void Begin(Token token) => Current = token;

    private bool IsSpent(Token token) => CanRenew && token.IsNearEnd(DateTimeOffset.UtcNow);

    private async Task ReplaceAsync(IPipelineCaller caller, CancellationToken cancellationToken)
    {
        bool isRenewal = Current is not null && !AsksEachTime;
        try
        {
            Current = await FetchAsync(Current, caller, cancellationToken).ConfigureAwait(false);
        }
        catch (ImapException refused) when (isRenewal && refused.Id == ImapErrorId.AuthenticationFailed)
        {
            // The issuer will not think better of it, and some count the tries.
            _end = refused;
            throw;
        }
    }

    private async Task<T> GuardedAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _end is null ? await work().ConfigureAwait(false) : throw Failures.Again(_end);
        }
        finally
        {
            _gate.Release();
        }
    }
}
