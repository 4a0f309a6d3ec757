using System.IO;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ImapPS.Benchmarks.Report;

/// <summary>The file of results.</summary>
internal static class ResultsFile
{
    private static readonly JsonSerializerOptions _options = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Results? Read(string path) =>
        File.Exists(path) ? JsonSerializer.Deserialize<Results>(File.ReadAllText(path), _options) : null;

    public static void Write(string path, Results results)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllText(path, JsonSerializer.Serialize(results, _options) + "\n");
    }
}
