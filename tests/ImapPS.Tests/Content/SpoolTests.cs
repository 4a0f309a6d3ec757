using ImapPS.Transfers;

namespace ImapPS.Tests.Content;

public sealed class SpoolTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1_000)]
    [InlineData(SpoolStream.MostInMemory)]
    public void Few_octets_stay_in_memory(int count)
    {
        using Stream spooled = Spool(count);
        Assert.IsType<MemoryStream>(spooled);
        Assert.Equal(count, Count(spooled));
    }

    [Fact]
    public void Many_are_in_a_file_that_only_its_owner_reads_and_that_goes()
    {
        string path;
        using (Stream spooled = Spool((3 * SpoolStream.MostInMemory) + 1))
        {
            FileStream file = Assert.IsType<FileStream>(spooled);
            path = file.Name;
            Assert.Equal((3 * SpoolStream.MostInMemory) + 1, Count(spooled));
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Assert.False(File.Exists(path));
    }

    private static Stream Spool(int count)
    {
        using var spool = new SpoolStream();
        byte[] block = [.. Enumerable.Repeat((byte)7, 4_096)];
        for (int left = count; left > 0; left -= block.Length) spool.Write(block, 0, Math.Min(left, block.Length));
        return spool.Detach();
    }

    private static int Count(Stream stream)
    {
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        Assert.All(copy.ToArray().Take(10_000), octet => Assert.Equal(7, octet));
        return (int)copy.Length;
    }
}
