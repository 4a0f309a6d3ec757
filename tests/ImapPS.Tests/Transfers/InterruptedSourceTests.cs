namespace ImapPS.Tests.Transfers;

/// <summary>Cuts of the connection to the server that messages come from.</summary>
public sealed class InterruptedSourceTests(MailServer mail) : InterruptedTransferTest(mail)
{
    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Where_messages_come_from(string verb, string moment)
    {
        Interrupt(verb, isBetween: true);
        await CutEverywhereAsync(Proxy, moment);
    }
}
