using System.Text;
using ImapPS.Files;
using ImapPS.Models;
using ImapPS.Sessions;
using ImapPS.Transfers;

namespace ImapPS.Tests.Transfers;

public sealed class FileWorkersTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imapps-workers-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Reading_goes_on_while_files_are_written_until_the_bound_and_no_further()
    {
        using var disk = new ManualResetEventSlim();
        var workers = new FileWorkers(2, mostOctets: 10);
        int begun = 0;
        int written = 0;
        for (int i = 0; i < 5; i++) await Put().WaitAsync(Cancellation);

        // The disk takes nothing; two workers wait for it, and three messages for them.
        while (Volatile.Read(ref begun) < 2) await Task.Yield();
        Task more = Put();
        Assert.False(more.IsCompleted);
        Assert.Equal(2, begun);
        Assert.Equal(10, workers.Peak);

        disk.Set();
        await more.WaitAsync(Cancellation);
        for (int i = 0; i < 100; i++) await Put().WaitAsync(Cancellation);
        await workers.FinishAsync().WaitAsync(Cancellation);
        Assert.Equal(106, written);
        Assert.InRange(workers.Peak, 1, 10);

        Task Put() => workers.PutAsync(2, () =>
        {
            Interlocked.Increment(ref begun);
            disk.Wait(Cancellation);
            Interlocked.Increment(ref written);
        });
    }

    [Fact]
    public async Task What_is_larger_than_the_bound_goes_alone()
    {
        var workers = new FileWorkers(2, mostOctets: 10);
        int done = 0;
        await workers.PutAsync(50, () => done++).WaitAsync(Cancellation);
        await workers.PutAsync(50, () => done++).WaitAsync(Cancellation);
        await workers.FinishAsync().WaitAsync(Cancellation);
        Assert.Equal(2, done);
        Assert.Equal(50, workers.Peak);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(8 * 1024)]
    [InlineData(300_001)]
    [InlineData(HeldMessage.Most + 1)]
    public void A_held_message_is_the_one_that_came(int size)
    {
        byte[] octets = new byte[size];
        new Random(size).NextBytes(octets);
        using var file = new MemoryStream();
        using var held = new HeldMessage(() => file);
        foreach (byte[] piece in octets.Chunk(4_096)) held.Write(piece, 0, piece.Length);
        using HeldOctets whole = held.Detach();
        Assert.Equal(size > HeldMessage.Most ? 0 : size, whole.InMemory);
        whole.ToFile(() => file);
        Assert.Equal(octets, file.ToArray());
    }

    [Fact]
    public void To_hold_a_message_and_to_scan_it_costs_next_to_nothing()
    {
        byte[] piece = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("Lorem ipsum dolor sit amet, consetetur\r\n", 100)));
        byte[] head = Encoding.ASCII.GetBytes($"* 1 FETCH (UID 1 BODY[] {{{256 * piece.Length}}}\r\n");
        var guard = new ResponseGuard();
        byte[] command = Encoding.ASCII.GetBytes("A00000001 UID FETCH 1 (UID BODY.PEEK[])\r\n");
        guard.Sent(command, 0, command.Length);
        Once();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Once();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // 1 MB of mail.
        Assert.InRange(allocated, 0, 16 * 1024);

        void Once()
        {
            using var held = new HeldMessage(() => Stream.Null);
            guard.Received(head, 0, head.Length);
            for (int i = 0; i < 256; i++)
            {
                guard.Received(piece, 0, piece.Length);
                held.Write(piece, 0, piece.Length);
            }

            guard.Received(")\r\n"u8.ToArray(), 0, 3);
            held.Detach().Dispose();
        }
    }

    [Fact]
    public void A_name_that_another_program_takes_meanwhile_gets_a_number()
    {
        using var store = EmlStore.InDirectory(_folder.FullName, new NameTemplate("{Uid}"), ExistingFile.Number);
        MessageFile file = store.Place(new ImapMessage { Uid = 7 });
        using Stream octets = file.Open();
        octets.Write("mine"u8);
        File.WriteAllText(Path.Combine(_folder.FullName, "7.eml"), "theirs");
        Assert.Equal("7 (2).eml", file.Commit(octets)!.Name);
        Assert.Equal("theirs", File.ReadAllText(Path.Combine(_folder.FullName, "7.eml")));
        Assert.Equal("mine", File.ReadAllText(Path.Combine(_folder.FullName, "7 (2).eml")));
        Assert.Equal(2, _folder.GetFiles().Length);
    }

    [Fact]
    public void Several_workers_may_find_that_their_directory_is_missing()
    {
        for (int i = 0; i < 200; i++)
        {
            string directory = Path.Combine(_folder.FullName, $"{i}", "below");
            Parallel.For(0, 4, _ => new PendingFile(directory).Dispose());
            Assert.Empty(Directory.GetFiles(directory));
        }
    }

    [Fact]
    public void Names_for_many_files_cost_little()
    {
        var names = new FileNames(ExistingFile.Number, asksOnce: true);
        Claim(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i <= 10_000; i++) Claim(i);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 10_000, 0, 1_000);

        void Claim(int i) => names.Claim(_folder.FullName, $"message {i}", ".eml", _ => false);
    }
}
