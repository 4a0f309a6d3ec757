using ImapPS.Discovery;

namespace ImapPS.Tests.Discovery;

public sealed class ServiceOrderTests
{
    private static readonly SrvTarget _last = new("last.contoso.example", 993, 20, 100);
    private static readonly SrvTarget _heavy = new("heavy.contoso.example", 993, 10, 90);
    private static readonly SrvTarget _light = new("light.contoso.example", 993, 10, 10);
    private static readonly SrvTarget _none = new("none.contoso.example", 993, 10, 0);

    [Fact]
    public void A_lower_priority_comes_first_and_weights_share_the_chance()
    {
        // What is drawn falls on the running sum of the weights: none 0, light 10, heavy 100.
        Assert.Equal([_none, _light, _heavy, _last], Order(0, 0, 0, 0));
        Assert.Equal([_light, _none, _heavy, _last], Order(10, 0, 0, 0));
        Assert.Equal([_heavy, _light, _none, _last], Order(11, 10, 0, 100));
    }

    [Fact]
    public void Weights_decide_how_often_one_is_first()
    {
        var random = new Random(1);
        int heavy = Enumerable.Range(0, 1_000)
            .Count(_ => ServiceRecords.InOrder([_light, _heavy], most => random.Next(most + 1))[0] == _heavy);
        Assert.InRange(heavy, 850, 950);
    }

    private static IReadOnlyList<SrvTarget> Order(params int[] draws)
    {
        var drawn = new Queue<int>(draws);
        return ServiceRecords.InOrder([_last, _heavy, _light, _none], _ => drawn.Dequeue());
    }
}
