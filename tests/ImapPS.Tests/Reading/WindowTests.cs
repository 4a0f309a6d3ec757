using ImapPS.Models;
using ImapPS.Reading;

namespace ImapPS.Tests.Reading;

/// <summary>How many messages are asked for at a time, and in which order they are passed on.</summary>
public sealed class WindowTests
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    [Fact]
    public void Where_the_server_answers_at_once_windows_stay_as_they_are()
    {
        var size = new WindowSize();
        Assert.Equal([20, 200, 1_000, 1_000, 1_000], Windows(size, 5, wait: TimeSpan.FromMilliseconds(40), octets: 500));
    }

    [Fact]
    public void Where_it_is_waited_for_they_grow()
    {
        var size = new WindowSize();
        Assert.Equal([20, 200, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000],
            Windows(size, 8, wait: TimeSpan.FromMilliseconds(60), octets: 500));
    }

    [Fact]
    public void A_short_wait_is_no_reason()
    {
        var size = new WindowSize();
        for (int i = 0; i < 8; i++) size.Note(size.Next, size.Next * 500, TimeSpan.FromMilliseconds(4), TimeSpan.FromMilliseconds(8));
        Assert.Equal(1_000, size.Next);
    }

    [Fact]
    public void What_comes_is_bounded_in_octets()
    {
        var size = new WindowSize();
        for (int i = 0; i < 8; i++) size.Note(size.Next, size.Next * 100_000L, _second, _second);
        Assert.InRange(size.Next * 100_000L, 1, 8 * 1024 * 1024);

        var huge = new WindowSize();
        huge.Note(1, long.MaxValue / 2, _second, _second);
        Assert.Equal(1, huge.Next);
    }

    [Fact]
    public void Texts_are_asked_for_a_hundred_at_a_time()
    {
        var size = new WindowSize(hasBodies: true);
        Assert.Equal([20, 100, 100, 100], Windows(size, 4, wait: _second, octets: 500));
    }

    [Fact]
    public void Of_which_little_is_asked_many_come_at_a_time()
    {
        var size = new WindowSize(isLean: true);
        Assert.Equal([1_000, 4_000, 10_000, 10_000], Windows(size, 4, wait: TimeSpan.Zero, octets: 50));
    }

    [Fact]
    public void What_comes_in_another_order_is_passed_on_in_that_of_the_UIDs()
    {
        List<uint> passed = [];
        var known = new Dictionary<uint, ImapMessage>();
        var order = new MessageOrder([1, 2, 4, 7, 9], Known, message => passed.Add(message.Uid));

        Come(2);
        Assert.Empty(passed);
        Come(1);
        Assert.Equal([1, 2], passed);
        Come(7);
        Come(9);
        Assert.Equal([1, 2], passed);
        order.Finish();
        Assert.Equal([1, 2, 7, 9], passed);
        order.Finish();
        Assert.Equal([1, 2, 7, 9], passed);

        ImapMessage? Known(uint uid) => known.GetValueOrDefault(uid);

        void Come(uint uid)
        {
            known[uid] = new ImapMessage { Uid = uid };
            order.Advance();
        }
    }

    private static List<int> Windows(WindowSize size, int count, TimeSpan wait, int octets)
    {
        List<int> windows = [];
        for (int i = 0; i < count; i++)
        {
            windows.Add(size.Next);
            size.Note(size.Next, (long)size.Next * octets, wait, _second);
        }

        return windows;
    }
}
