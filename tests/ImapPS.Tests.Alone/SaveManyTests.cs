using System.Text;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Alone;

/// <summary>What saving costs: in commands, and in memory. Alone, since the memory of other tests would count.</summary>
public sealed class SaveManyTests(MailServer mail) : ModuleTest(mail)
{
    private const int Mega = 1024 * 1024;

    /// <summary>Less than one batch (25 MB) or one message of those here; a few megabytes are PowerShell's and the proxy's own.</summary>
    private const long MostGrowth = 16 * Mega;

    private string Folder => Path.Combine(Dovecot.Directory, "saved", User.Name);

    [Fact]
    public async Task Ten_thousand_small_messages()
    {
        const int Many = 10_000;
        User.DeliverMany("INBOX", Many, i => new SeedMessage(Small(i)));
        Connect();
        Succeed("Get-ImapMessage | Save-ImapMessage $to -NameTemplate '{Uid}'", ("to", Folder));
        for (int i = 0; i < Many; i++)
        {
            Assert.Equal(Small(i), await File.ReadAllTextAsync(Path.Combine(Folder, Text($"{i + 1}.eml")), Cancellation));
        }

        Assert.Equal(Many, Directory.GetFiles(Folder).Length);
        Assert.Equal(Many / 500, Downloads());
        Assert.Equal(1, Proxy.Count("EXAMINE"));
    }

    [Fact]
    public async Task Two_hundred_messages_of_a_megabyte()
    {
        const int Many = 200;
        User.DeliverMany("INBOX", Many, i => new SeedMessage(Large(i, Mega)));
        Connect();
        Succeed("Get-ImapMessage | Save-ImapMessage $to/few -NameTemplate '{Uid}'", ("to", Folder));
        for (int i = 0; i < Many; i++)
        {
            Assert.Equal(Encoding.UTF8.GetBytes(Large(i, Mega)),
                await File.ReadAllBytesAsync(Path.Combine(Folder, "few", Text($"{i + 1}.eml")), Cancellation));
        }

        // 24 of them are 25 MB.
        Assert.InRange(Downloads(), 8, 9);
        Assert.InRange(await GrowthAsync("Get-ImapMessage | Save-ImapMessage $to/again"), long.MinValue, MostGrowth);
        Assert.Equal(Many, Directory.GetFiles(Path.Combine(Folder, "again")).Length);
        Directory.Delete(Folder, recursive: true);
    }

    [Theory]
    [InlineData("Eml", 64 * Mega)]
    [InlineData("Mbox", 64 * 1023 * 1024)]
    [InlineData("Maildir", 64 * 1023 * 1024)]
    public async Task One_message_of_64_MB(string format, int size)
    {
        User.Deliver("INBOX", Large(0, 64 * Mega));
        long growth = await GrowthAsync($"Get-ImapMessage | Save-ImapMessage $to{(format == "Mbox" ? "/mbox" : "/")} -Format {format}");
        Assert.InRange(new FileInfo(Assert.Single(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))).Length, size, size + 100);
        Directory.Delete(Folder, recursive: true);
        Assert.InRange(growth, long.MinValue, MostGrowth);
    }

    private static string Small(int number) =>
        $"Subject: message {number}\r\nMessage-ID: <{number}@example.org>\r\n\r\nBody of {number}.\r\n";

    private static string Large(int number, int size) =>
        $"Subject: large {number}\r\n\r\n"
        + string.Concat(Enumerable.Repeat(new string((char)('a' + (number % 26)), 1022) + "\r\n", size / 1024));

    private int Downloads() => Proxy.Commands.Count(command => command.Line.Contains("BODY.PEEK[]", StringComparison.Ordinal));

    /// <summary>
    /// Saves, and returns by how much the live memory of the process grew at the most: what a full collection leaves, looked at all the
    /// while. Past the proxy, which holds each literal whole.
    /// </summary>
    private async Task<long> GrowthAsync(string script)
    {
        Succeed("$null = Connect-Imap localhost -Port $port -Security None -AllowPlaintext -Credential $credential; "
            + "Get-ImapMessage -Uid 1 | Out-Null");

        // What was delivered must not be on any stack any more.
        await Task.Delay(1, Cancellation);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        Task<EngineResult> save = RunAsync(script, ("to", Folder));
        while (!save.IsCompleted)
        {
            // From the lowest on: what earlier tests let go only now would hide it.
            long now = GC.GetTotalMemory(forceFullCollection: true);
            before = Math.Min(before, now);
            most = Math.Max(most, now - before);
            await Task.WhenAny(save, Task.Delay(20, Cancellation));
        }

        Assert.Empty((await save).AllErrors);
        Assert.True(most > 0);
        TestContext.Current.TestOutputHelper?.WriteLine(Text($"{most:N0} octets"));
        return most;
    }
}
