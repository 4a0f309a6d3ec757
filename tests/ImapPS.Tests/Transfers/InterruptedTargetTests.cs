namespace ImapPS.Tests.Transfers;

/// <summary>Cuts of the connection to the server that messages go to.</summary>
public sealed class InterruptedTargetTests(MailServer mail) : InterruptedTransferTest(mail)
{
    [Theory]
    [MemberData(nameof(Everything))]
    public async Task Where_messages_go_to(string verb, string moment)
    {
        Interrupt(verb, isBetween: true);
        await CutEverywhereAsync(OtherProxy, moment);
    }
}
