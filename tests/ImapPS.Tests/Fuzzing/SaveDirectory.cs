namespace ImapPS.Tests.Fuzzing;

/// <summary>A directory to save files in, deep enough inside of another that what is written beside it is found.</summary>
internal sealed class SaveDirectory : IDisposable
{
    private readonly string _outer;

    public SaveDirectory()
    {
        Root = Directory.CreateTempSubdirectory("ImapPS-fuzz-").FullName;
        _outer = System.IO.Path.Combine(Root, "1");
        Path = System.IO.Path.Combine(_outer, "2", "3", "4");
        Directory.CreateDirectory(Path);
    }

    /// <summary>What is disposed of with this.</summary>
    public string Root { get; }

    public string Path { get; }

    /// <summary>What lies elsewhere than directly in the directory. All of it is gone afterwards.</summary>
    public IReadOnlyList<string> TakeStrays()
    {
        List<string> strays = [];
        foreach (string file in Directory.EnumerateFiles(_outer, "*", SearchOption.AllDirectories))
        {
            if (System.IO.Path.GetDirectoryName(file) != Path) strays.Add(file);
            File.Delete(file);
        }

        foreach (string directory in Directory.EnumerateDirectories(Path))
        {
            strays.Add(directory);
            Directory.Delete(directory, recursive: true);
        }

        return strays;
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
