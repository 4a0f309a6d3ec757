using ImapPS.Sandbox;
using ProxyCommand = ImapPS.Sandbox.ProxyCommand;

namespace ImapPS.Tests.Transfers;

/// <summary>Cuts within an account; and between sessions, in the midst of literals, and with nothing that mends them.</summary>
public sealed class InterruptedTransferTests(MailServer mail) : InterruptedTransferTest(mail)
{
    [Theory]
    [InlineData("Move", "")]
    [InlineData("Move", "MOVE")]
    [InlineData("Copy", "")]
    public async Task Within_an_account(string verb, string hidden)
    {
        Interrupt(verb, isBetween: false);
        Proxy.HideCapability(hidden.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        await CutEverywhereAsync(Proxy, Cuts.ByMoment.Keys);
    }

    [Theory]
    [InlineData("Move")]
    [InlineData("Copy")]
    public async Task Between_sessions_in_the_midst_of_what_is_sent(string verb)
    {
        Interrupt(verb, isBetween: true);
        (_, IReadOnlyList<ProxyCommand> there) = await LearnAsync();
        string[] appends = [.. there.Where(command => command.Verb == "APPEND").Select(command => command.Line)];
        for (int literal = 0; literal < 100; literal += 14)
        {
            int place = literal;
            await RunAsync(Text($"sending message {literal + 1} of each hundred"), () =>
            {
                // What was cut is sent again, so every second APPEND is the first of a hundred.
                for (int i = 0; i < appends.Length; i++)
                {
                    OtherProxy.CutAt("APPEND", 2 * i, ProxyAction.CutMidCommand(Cuts.MiddleOf(appends[i], place)));
                }
            });
        }

        Show();
    }

    [Theory]
    [InlineData("Move")]
    [InlineData("Copy")]
    public async Task Between_sessions_in_the_midst_of_what_is_received(string verb)
    {
        Interrupt(verb, isBetween: true);
        foreach (int number in new[] { 0, 1, 99, Messages.Count / 2, Messages.Count - 2, Messages.Count - 1 })
        {
            int received = Messages.Take(number).Sum(message => message.Length + 40) + (Messages[number].Length / 2);
            await RunAsync(Text($"receiving message {number + 1}"), () => Proxy.On(IsDownload, ProxyAction.CutMidResponse(received)));
        }

        Show();
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Between_sessions_without_retries(string verb, string moment)
    {
        Interrupt(verb, isBetween: true);
        (IReadOnlyList<ProxyCommand> here, IReadOnlyList<ProxyCommand> there) = await LearnAsync();
        ProxyAction action = Cuts.ByMoment[moment];
        foreach (string name in here.Select(command => command.Verb).Distinct())
        {
            await RunAsync($"{name} {moment}", () => Proxy.CutAt(name, 1, action), "-RetryCount 0");
        }

        foreach (string name in there.Select(command => command.Verb).Distinct())
        {
            await RunAsync($"{name} there {moment}", () => OtherProxy.CutAt(name, name == "APPEND" ? 2 : 0, action), "-RetryCount 0");
        }

        Show();
    }

    private static bool IsDownload(ProxyCommand command) => command.Line.EndsWith("BODY.PEEK[])", StringComparison.Ordinal);
}
