using System.Security.Cryptography;
using System.Text;
using ImapPS.Backups;
using ImapPS.Files;

namespace ImapPS.Tests.Backups;

/// <summary>What is stored with the line ends of Unix can be read as it was, whatever it is, and however it came.</summary>
public sealed class DigestedFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("imapps-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("", true, "")]
    [InlineData("a\r\nb\r\n", true, "a\nb\n")]
    [InlineData("a\r\nb", true, "a\nb")]
    [InlineData("a\r\r\nb\r", true, "a\r\nb\r")]
    [InlineData("a\r\nb\n", false, "a\r\nb\n")]
    [InlineData("\n", false, "\n")]
    [InlineData("\r\n\r\n\n\r\n", false, "\r\n\r\n\n\r\n")]
    public void Lines_that_all_end_alike_lose_their_returns(string text, bool isUnixText, string stored)
    {
        foreach (int piece in (int[])[1, 2, 3, 100])
        {
            Assert.Equal(isUnixText, Write(Encoding.Latin1.GetBytes(text), () => piece));
            Assert.Equal(stored, Encoding.Latin1.GetString(File.ReadAllBytes(Stored)));
        }
    }

    [Fact]
    public void Random_octets_come_back()
    {
        var random = new Random(7);
        for (int i = 0; i < 2_000; i++)
        {
            byte[] octets = [.. Enumerable.Range(0, random.Next(60)).SelectMany(_ => random.Next(8) switch
            {
                0 => "\r"u8.ToArray(),
                1 when i % 2 == 0 => "\n"u8.ToArray(),
                2 or 3 => "\r\n"u8.ToArray(),
                _ => "x"u8.ToArray(),
            })];
            bool isUnixText = Write(octets, () => random.Next(1, 12));
            bool isBare = Enumerable.Range(0, octets.Length).Any(at => octets[at] == '\n' && (at == 0 || octets[at - 1] != '\r'));
            Assert.NotEqual(isBare, isUnixText);
            using Stream stored = File.OpenRead(Stored);
            using Stream read = isUnixText ? new NetworkTextReader(stored) : stored;
            using var all = new MemoryStream();
            read.CopyTo(all, random.Next(1, 9));
            Assert.Equal(octets, all.ToArray());
        }
    }

    private string Stored => Path.Combine(_directory, "stored");

    private bool Write(byte[] octets, Func<int> piece)
    {
        using var file = new DigestedFile(_directory, asUnixText: true);
        for (int at = 0; at < octets.Length;)
        {
            int count = Math.Min(piece(), octets.Length - at);
            file.Write(octets, at, count);
            at += count;
        }

        Assert.Equal(octets.Length, file.Length);
        Assert.Equal(Digests.ToText(SHA256.HashData(octets)), file.Digest);
        file.Commit(Stored, null);
        Assert.Single(Directory.GetFiles(_directory));
        return file.IsUnixText;
    }
}
