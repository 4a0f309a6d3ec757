using System.Text;
using ImapPS.Sandbox;
using ImapPS.Tests.Transfers;

namespace ImapPS.Tests.Alone;

/// <summary>What is allocated can only be told while nothing else runs.</summary>
public sealed class LargeImportTests(MailServer mail) : ImportTest(mail)
{
    [Fact]
    public async Task Sixty_four_megabytes_are_never_held_in_memory()
    {
        const int Size = 64 * 1024 * 1024;
        string path = Path.Combine(Files, "large.eml");
        await using (var file = new StreamWriter(path, append: false, Encoding.ASCII))
        {
            await file.WriteAsync("Subject: large\nMessage-ID: <large@x>\n\n");
            string line = new string('x', 76) + "\n";
            for (int written = 0; written < Size; written += line.Length) await file.WriteAsync(line);
        }

        Write("small.eml", Message("small"));

        // Not through the proxy, which keeps literals.
        Succeed("$null = Connect-Imap localhost -Port $port -Security None -AllowPlaintext -Credential $credential; "
            + "Import-ImapMessage INBOX $files/small.eml", ("files", Files));
        long before = GC.GetTotalAllocatedBytes(precise: true);
        Succeed("Import-ImapMessage INBOX $files/large.eml", ("files", Files));
        long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        TestContext.Current.TestOutputHelper?.WriteLine(
            Text($"Allocated for a message of {new FileInfo(path).Length:N0} bytes: {allocated:N0} bytes."));
        Assert.InRange(allocated, 0, Size / 2);
        await using RawImapClient client = await User.ConnectAsync(Cancellation);
        IReadOnlyList<uint> uids = await client.UidsAsync("INBOX", "LARGER 60000000", Cancellation);
        byte[] stored = (await client.MessageAsync("INBOX", Assert.Single(uids), Cancellation))!;
        byte[] expected = WithReturns(await File.ReadAllBytesAsync(path, Cancellation));
        Assert.True(stored.AsSpan().SequenceEqual(expected));
    }
}
