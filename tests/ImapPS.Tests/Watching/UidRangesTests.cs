using ImapPS.Watching;

namespace ImapPS.Tests.Watching;

public sealed class UidRangesTests
{
    [Fact]
    public void It_holds_what_a_set_holds_in_no_more_ranges_than_needed()
    {
        int seed = Random.Shared.Next();
        var random = new Random(seed);
        var set = new SortedSet<uint>(Enumerable.Range(1, 60).Select(uid => (uint)uid));
        var ranges = UidRanges.Below(61);
        for (int i = 0; i < 20_000; i++)
        {
            uint uid = (uint)random.Next(1, 80);
            if (random.Next(2) == 0)
            {
                set.Add(uid);
                ranges.Add(uid);
            }
            else
            {
                set.Remove(uid);
                ranges.Remove(uid);
            }

            if (i % 100 != 0) continue;

            Assert.True(set.SequenceEqual(ranges), FormattableString.Invariant($"With seed {seed}, after {i} steps."));
            Assert.Equal(set.Count, ranges.Count);
            Assert.Equal(set.Count(one => !set.Contains(one - 1)), ranges.Size);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Nothing_is_below_the_first_UID(uint end)
    {
        Assert.Empty(UidRanges.Below(end));
        Assert.Equal(0, UidRanges.Below(end).Count);
    }

    [Fact]
    public void The_last_UID_is_one_like_any_other()
    {
        UidRanges ranges = [uint.MaxValue - 1, uint.MaxValue];
        Assert.Equal([uint.MaxValue - 1, uint.MaxValue], ranges);
        Assert.Equal(1, ranges.Size);
        ranges.Remove(uint.MaxValue);
        Assert.Equal([uint.MaxValue - 1], ranges);
    }
}
