using System.Text;
using ImapPS.Reading;
using ImapPS.Transfers;

namespace ImapPS.Tests.Transfers;

public sealed class ReadAheadTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Files_are_read_while_messages_are_sent_until_the_bound_and_no_further()
    {
        var ahead = new ReadAhead<int>(mostOctets: 10, mostThings: 100);
        int read = 0;
        Task reader = ReadAsync();

        // Nobody takes anything: the connection is busy.
        while (Volatile.Read(ref read) < 5) await Task.Yield();
        Assert.Equal(5, read);
        Assert.False(reader.IsCompleted);

        for (int i = 0; i < 50; i++) Assert.Equal((true, i), await ahead.TakeAsync(Cancellation));
        Assert.Equal((false, 0), await ahead.TakeAsync(Cancellation));
        await reader;
        Assert.Equal(10, ahead.Peak);

        async Task ReadAsync()
        {
            for (int i = 0; i < 50; i++)
            {
                await ahead.PutAsync(i, 2, Cancellation);
                Interlocked.Increment(ref read);
            }

            ahead.Complete();
        }
    }

    [Fact]
    public async Task Small_things_have_a_bound_of_their_own()
    {
        var ahead = new ReadAhead<int>(mostOctets: 10, mostThings: 2);
        await ahead.PutAsync(1, 0, Cancellation);
        await ahead.PutAsync(2, 0, Cancellation);
        Task third = ahead.PutAsync(3, 0, Cancellation);
        Assert.False(third.IsCompleted);
        await ahead.TakeAsync(Cancellation);
        await third;
    }

    [Fact]
    public async Task A_wait_for_a_reader_that_hangs_ends_when_it_is_stopped()
    {
        var ahead = new ReadAhead<int>(mostOctets: 10, mostThings: 2);
        using var stop = new CancellationTokenSource();
        Task taking = ahead.TakeAsync(stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taking);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("a: b\r\n\r\nbody\r\n")]
    [InlineData("a: b\n\nbody\n")]
    [InlineData("a: b\r\n\nbody\r\r\n\rx\n")]
    [InlineData("\n\n\r\n\r\r\nno end")]
    public async Task A_message_that_is_read_whole_is_the_one_that_is_read_in_pieces(string text)
    {
        byte[] octets = Encoding.ASCII.GetBytes(text);
        using var reader = new CanonicalReader(new MemoryStream(octets));
        using var pieces = new MemoryStream();
        for (int read; (read = await reader.ReadAsync(Cancellation)) > 0;) pieces.Write(reader.Buffer, 0, read);
        Assert.Equal(pieces.ToArray(), WholeMessage.Read(new MemoryStream(octets), 1_000));
    }

    [Fact]
    public void What_is_large_or_has_no_length_is_read_in_pieces()
    {
        Assert.Null(WholeMessage.Read(new MemoryStream(new byte[11]), 10));
        Assert.Null(WholeMessage.Read(new MemoryStream("12345678\n\n"u8.ToArray()), 10));
    }

    [Fact]
    public async Task To_measure_a_message_costs_little_more_than_its_octets()
    {
        byte[] octets = Encoding.ASCII.GetBytes($"Message-ID: <a@example.org>\r\n\r\n{new string('x', 4_000)}\r\n");
        await MeasureAsync();
        long before = GC.GetAllocatedBytesForCurrentThread();
        await MeasureAsync();
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3 * octets.Length);

        // Nothing in it waits, so that it stays on this thread.
        async Task MeasureAsync()
        {
            var source = new AppendSource("a message", () => new MemoryStream(octets));
            await source.MeasureHereAsync(Cancellation);
            Assert.Equal("a@example.org", source.MessageId);
            Assert.Equal(octets.Length, source.InMemory);
        }
    }
}
