namespace ImapPS.Tests.Watching;

/// <summary>A message is found, and once, whenever it comes.</summary>
public sealed class ScheduleTests(MailServer mail) : WaitTest(mail)
{
    private const int MostLanes = 20;
    private const int LeastPerLane = 5;

    private static readonly int _lanes = Math.Clamp(Amount.Schedules / LeastPerLane, 1, MostLanes);
    private static readonly int _schedulesPerLane = Amount.Schedules / _lanes;

    [Fact]
    public async Task None_is_missed_and_none_found_twice_in_random_schedules()
    {
        int seed = Random.Shared.Next();
        Schedule[] schedules =
            [.. (await Task.WhenAll(Enumerable.Range(0, _lanes).Select(lane => RunLaneAsync(lane, new Random(seed + lane)))))
            .SelectMany(lane => lane)];
        foreach (string line in Table(schedules)) TestContext.Current.TestOutputHelper!.WriteLine(line);

        Schedule? broken = schedules.FirstOrDefault(schedule => !schedule.IsAsPromised);
        Assert.True(broken is null, Text($"With seed {seed}:\n{broken}"));
        Assert.Equal(_lanes * _schedulesPerLane, schedules.Length);
        Assert.All(schedules.Where(schedule => schedule.Moments.Contains(Moment.WhileReconnecting)), schedule =>
            Assert.True(schedule.Connections > 1));
    }

    private async Task<List<Schedule>> RunLaneAsync(int number, Random random)
    {
        List<Schedule> schedules = [];
        await using WaitLane lane =
            await WaitLane.StartAsync(Dovecot, user => CredentialOf(user.Name, user.Password), random, Cancellation);
        while (schedules.Count < _schedulesPerLane && schedules.All(schedule => schedule.IsAsPromised))
        {
            schedules.Add(await lane.RunAsync(Text($"{number}-{schedules.Count}")));
        }

        return schedules;
    }

    private static IEnumerable<string> Table(Schedule[] schedules)
    {
        yield return $"{"delivered",-22}{"messages",10}{"found",10}{"reconnects",12}";
        foreach (Moment moment in Enum.GetValues<Moment>())
        {
            Schedule[] with = [.. schedules.Where(schedule => moment == Moment.BeforeTheMark || schedule.Moments.Contains(moment))];
            int messages = moment == Moment.BeforeTheMark
                ? with.Length
                : with.Sum(schedule => schedule.Moments.Count(one => one == moment));
            int found = schedules.Sum(schedule =>
                schedule.Found.Count(subject => subject.Contains($" {moment} ", StringComparison.Ordinal)));
            yield return $"{moment,-22}{messages,10}{found,10}{with.Sum(schedule => Math.Max(0, schedule.Connections - 1)),12}";
        }
    }
}
