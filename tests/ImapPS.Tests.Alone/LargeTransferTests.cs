using System.Text;
using ImapPS.Sandbox;
using ImapPS.Tests.Transfers;

namespace ImapPS.Tests.Alone;

/// <summary>What is allocated can only be told while nothing else runs.</summary>
public sealed class LargeTransferTests(MailServer mail) : BetweenTest(mail)
{
    [Fact]
    public async Task Sixty_four_megabytes_are_never_held_in_memory()
    {
        const int Size = 64 * 1024 * 1024;
        string line = new string('x', 76) + "\r\n";
        var text = new StringBuilder("Subject: large\r\nMessage-ID: <large@x>\r\n\r\n", Size + 1024);
        while (text.Length < Size) text.Append(line);
        byte[] large = Encoding.ASCII.GetBytes(text.ToString());
        User.Deliver("INBOX", Message("small"));
        User.Deliver("INBOX", large);

        // Not through the proxies, which keep literals.
        Succeed(
            """
            $there = Connect-Imap localhost -Port $port -Name $name -Security None -AllowPlaintext -Credential $otherCredential
            $null = Connect-Imap localhost -Port $port -Security None -AllowPlaintext -Credential $credential
            $messages = Get-ImapMessage; $messages[0] | Copy-ImapMessage Trash -ToSession $there
            """,
            ("name", OtherName),
            ("otherCredential", CredentialOf(Other.Name, Other.Password)));
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Succeed("$messages[1] | Move-ImapMessage INBOX -ToSession $there");
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        TestContext.Current.TestOutputHelper?.WriteLine(Text($"Allocated for a message of {large.Length:N0} bytes: {allocated:N0} bytes."));

        // All that was allocated on the way down and up, most of it at once given back.
        Assert.InRange(allocated, 0, Size * 3L / 4);
        await using RawImapClient client = await Other.ConnectAsync(Cancellation);
        Assert.True((await client.MessageAsync("INBOX", 1, Cancellation)).AsSpan().SequenceEqual(large));
        Assert.Equal(1, await CountAsync("INBOX"));
    }
}
