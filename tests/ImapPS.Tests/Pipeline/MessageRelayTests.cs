using ImapPS.Models;
using ImapPS.Pipeline.Listing;

namespace ImapPS.Tests.Pipeline;

/// <summary>Messages go on in groups, in their order, and none is kept.</summary>
public sealed class MessageRelayTests
{
    private readonly List<int> _groups = [];
    private readonly List<uint> _uids = [];

    [Fact]
    public void The_first_goes_at_once_and_all_go_in_their_order()
    {
        using (var relay = new MessageRelay(Take))
        {
            relay.Add(new ImapMessage { Uid = 1 });
            Assert.Equal([1], _uids);
            for (uint uid = 2; uid <= 2_000; uid++) relay.Add(new ImapMessage { Uid = uid });
        }

        Assert.Equal(Enumerable.Range(1, 2_000), _uids.Select(uid => (int)uid));
        Assert.InRange(_groups.Count, 8, 500);
        Assert.InRange(_groups.Max(), 1, 256);
    }

    [Fact]
    public async Task What_nothing_follows_goes_on_by_itself()
    {
        var came = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var relay = new MessageRelay(messages =>
        {
            Take(messages);
            if (_uids.Count == 2) came.SetResult();
        });
        relay.Add(new ImapMessage { Uid = 1 });
        relay.Add(new ImapMessage { Uid = 2 });

        await came.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal([1u, 2u], _uids);
    }

    [Fact]
    public void What_is_asked_for_goes_on_at_once()
    {
        using var relay = new MessageRelay(Take);
        for (uint uid = 1; uid <= 6; uid++) relay.Add(new ImapMessage { Uid = uid });
        relay.Flush();
        relay.Flush();

        Assert.Equal([1u, 2u, 3u, 4u, 5u, 6u], _uids);
    }

    private void Take(IReadOnlyList<ImapMessage> messages)
    {
        _groups.Add(messages.Count);
        _uids.AddRange(messages.Select(message => message.Uid));
    }
}
