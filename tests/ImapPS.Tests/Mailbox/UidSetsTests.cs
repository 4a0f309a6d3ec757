using System.Globalization;
using ImapPS.Mailbox;

namespace ImapPS.Tests.Mailbox;

public sealed class UidSetsTests
{
    [Theory]
    [InlineData(1, "1")]
    [InlineData(3, "1,4,7")]
    [InlineData(100_000, null)]
    public void Every_piece_is_as_long_as_a_line_lets_it_be(int count, string? text)
    {
        List<IReadOnlyList<uint>> pieces =
            [.. UidSets.Split(Enumerable.Range(0, count).Select(i => (uint)((3 * i) + 1)), _ => int.MaxValue)];
        Assert.Equal(count, pieces.Sum(piece => piece.Count));
        Assert.All(pieces, piece => Assert.InRange(UidSets.ToSet(piece).ToString().Length, 1, UidSets.LongestSet));
        Assert.All(pieces.SkipLast(1), piece =>
            Assert.InRange(UidSets.ToSet(piece).ToString().Length, UidSets.LongestSet - 12, UidSets.LongestSet));
        if (text is not null) Assert.Equal(text, UidSets.ToSet(Assert.Single(pieces)).ToString());
    }

    [Fact]
    public void Runs_are_short() =>
        Assert.Equal("1:1000000,1000002",
            UidSets.ToSet(Assert.Single(
            UidSets.Split(Enumerable.Range(1, 1_000_000).Append(1_000_002).Select(i => (uint)i), _ => int.MaxValue))).ToString());

    [Fact]
    public void Lengths_are_those_of_the_text()
    {
        var random = new Random(4);
        for (int round = 0; round < 500; round++)
        {
            var length = new SetLength();
            var uids = new SortedSet<uint>();
            uint uid = 0;
            for (int i = 0; i < 40; i++)
            {
                uid += (uint)(random.Next(3) == 0 ? random.Next(1, 5_000) : 1);
                Assert.Equal(UidSets.ToSet(uids.Append(uid)).ToString().Length, length.With(uid));
                length.Add(uid);
                uids.Add(uid);
            }
        }
    }

    [Fact]
    public void Pieces_are_no_larger_than_asked() =>
        Assert.Equal(
            ["1:20", "21:120", "121:200"],
            UidSets.Split(Enumerable.Range(1, 200).Select(i => (uint)i), number => number == 0 ? 20 : 100)
                .Select(piece => string.Create(CultureInfo.InvariantCulture, $"{piece[0]}:{piece[^1]}")));

    [Fact]
    public void Normalized_is_sorted_and_each_once() => Assert.Equal([1u, 2, 9], UidSets.Normalize([9, 0, 2, 1, 2]));
}
