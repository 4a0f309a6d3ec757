using ImapPS.Sessions;

namespace ImapPS.Tests.Sessions;

public sealed class PendingNewsTests
{
    private readonly PendingNews _news = new();

    [Fact]
    public async Task A_look_takes_the_note()
    {
        _news.Note();
        await _news.LookAsync(() => Task.CompletedTask);
        Assert.False(_news.IsNoted);
    }

    [Fact]
    public async Task A_note_that_is_made_while_somebody_looks_stands()
    {
        await _news.LookAsync(() =>
        {
            _news.Note();
            return Task.CompletedTask;
        });
        Assert.True(_news.IsNoted);
    }

    [Fact]
    public async Task A_look_that_fails_has_seen_nothing()
    {
        _news.Note();
        await Assert.ThrowsAsync<IOException>(() => _news.LookAsync(() => Task.FromException(new IOException())));
        Assert.True(_news.IsNoted);
    }
}
