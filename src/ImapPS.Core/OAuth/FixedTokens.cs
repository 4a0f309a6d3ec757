using System.Threading;
using System.Threading.Tasks;
using ImapPS.Sessions;

namespace ImapPS.OAuth;

/// <summary>A token that somebody gave, and no other.</summary>
internal sealed class FixedTokens : TokenSource
{
    public FixedTokens(Token token) => Begin(token);

    protected override bool CanRenew => false;

    protected override Task<Token> FetchAsync(Token? last, IPipelineCaller caller, CancellationToken cancellationToken) =>
        Task.FromResult(last!);
}
