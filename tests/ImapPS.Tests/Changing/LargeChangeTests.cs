using System.Management.Automation;
using ImapPS.Reading;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Changing;

/// <summary>
/// What changes to a large mailbox cost, in commands and in messages held at a time. One mailbox, since to fill it is most of the work.
/// </summary>
public sealed class LargeChangeTests(MailServer mail) : ChangeTest(mail)
{
    private static readonly int _all = Amount.Changed;

    /// <summary>Every second UID: such a set cannot be shortened.</summary>
    private static readonly int _half = _all / 2;

    /// <summary>
    /// The messages of two commands: one is gathered while none is sent, and the first commands, of short UIDs, hold more.
    /// </summary>
    private const int MostHeld = 4_000;

    [Fact]
    public async Task Half_of_a_large_mailbox()
    {
        User.DeliverMany("INBOX", _all, _ => new SeedMessage("Subject: x\r\n\r\nx\r\n"));
        User.CreateFolder("Archive");
        Connect();
        GuardsStopTheReading();

        Change("Set-ImapMessage -Flagged", "UID STORE");
        await using (RawImapClient client = await User.ConnectAsync(Cancellation)) Assert.Equal(
            _half, (await client.UidsAsync("INBOX", "FLAGGED", Cancellation)).Count);
        Change("Copy-ImapMessage Archive", "UID COPY");
        Assert.Equal([_all, _half], await CountsAsync("INBOX", "Archive"));
        Change("Move-ImapMessage Archive", "UID MOVE");
        Assert.Equal([_half, _all], await CountsAsync("INBOX", "Archive"));
        Change("Remove-ImapMessage", "UID MOVE", "Archive");
        Assert.Equal([_half, _half], await CountsAsync("Archive", "Trash"));
        Change("Remove-ImapMessage -Permanent -Force", "UID EXPUNGE", first: 2);
        Assert.Equal([0, _half], await CountsAsync("INBOX", "Trash"));
    }

    /// <summary>Nothing is changed, and what cannot matter any more is not read.</summary>
    private void GuardsStopTheReading()
    {
        foreach (string command in new[]
        {
            "Remove-ImapMessage",
            "Remove-ImapMessage -Permanent -Force",
            "Move-ImapMessage Archive",
            "Set-ImapMessage -Read",
        })
        {
            Proxy.Clear();
            AssertError(Run($"Get-ImapMessage INBOX | {command} -MaxMessages 500"), "LimitExceeded");

            // Flags are set by the UIDs that the search found. Else the windows are 1,000, and one ahead of four times that.
            if (command.StartsWith("Set", StringComparison.Ordinal)) Assert.Equal(0, Proxy.FetchResponses);
            else Assert.InRange(Proxy.FetchResponses, 501, 5_000);
        }

        Proxy.Clear();
        int fifth = _all / 5;
        AssertError(Run($"Get-ImapMessage INBOX | Remove-ImapMessage -MaxMessages {fifth}"), "LimitExceeded");
        Assert.InRange(Proxy.FetchResponses, fifth + 1, fifth + 1 + (2 * WindowSize.Largest));
        Assert.True(fifth + 1 + (2 * WindowSize.Largest) < _all);
        AssertError(Run($"1..{fifth + 1} | ForEach-Object {{ [pscustomobject]@{{ Folder = 'INBOX'; Uid = $_ }} }} | "
            + "Copy-ImapMessage Archive -MaxPercent 20"), "LimitExceeded");
        AssertNothingWasChanged();
    }

    private void Change(string command, string verb, string folder = "INBOX", int first = 1)
    {
        Proxy.Clear();
        int most = LanguagePrimitives.ConvertTo<int>(Assert.Single(Succeed(
            """
            $seen = 0; $most = 0
            . {
                for ($uid = $first; $uid -le $all; $uid += 2) {
                    if (++$seen % 1000 -eq 0) {
                        $sent = 0
                        foreach ($said in $proxy.Commands) { if ($said.Verb -eq $verb) { $sent += $said.Line.Split(' ')[3].Split(',').Count } }
                        $most = [Math]::Max($most, $seen - $sent)
                    }
                    [pscustomobject]@{ Folder = $folder; Uid = $uid }
                }
            } | COMMAND
            $most
            """.Replace("COMMAND", command, StringComparison.Ordinal),
            ("proxy", Proxy),
            ("all", _all),
            ("verb", verb),
            ("folder", folder),
            ("first", first))));
        // Before each stands the SELECT that tells whether the folder is still the same one, and before each EXPUNGE a STORE.
        int least = LeastCommands(_all);
        Assert.InRange(Proxy.Count(verb), least, least + 2);
        Assert.InRange(Proxy.Commands.Count, least, (least * (verb == "UID EXPUNGE" ? 3 : 2)) + 12);
        Assert.InRange(Proxy.LongestLine, 7_000, 8_000);
        Assert.InRange(most, 1, MostHeld);
    }
}
