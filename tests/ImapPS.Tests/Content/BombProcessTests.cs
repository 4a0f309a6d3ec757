namespace ImapPS.Tests.Content;

/// <summary>Runs <see cref="BombTests"/> where memory ends early: no other test shakes that, and no clock is needed.</summary>
public sealed class BombProcessTests
{
    private const int HeapMegabytes = 100;

    [Fact]
    public async Task No_message_takes_a_hundred_megabytes()
    {
        string directory = Directory.CreateTempSubdirectory("ImapPS-bombs-").FullName;
        foreach (TheoryDataRow<string, bool> row in BombTests.Bombs) Bomb.Write(row.Data.Item1, directory);
        try
        {
            await LimitedProcess.RunAsync(typeof(BombTests), BombTests.Bombs.Count, HeapMegabytes, BombTests.DirectoryVariable, directory);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }
}
