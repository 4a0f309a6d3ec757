using ImapPS.Sandbox;

namespace ImapPS.Tests.Surface;

/// <summary>
/// What scripts rely on is in docs/public-surface, as the code has it. With IMAPPS_WRITE_SURFACE=1 the files are written anew:
/// <code>IMAPPS_WRITE_SURFACE=1 dotnet test tests/ImapPS.Tests --filter FullyQualifiedName~SurfaceTests</code>
/// </summary>
public sealed class SurfaceTests
{
    private const string Remedy =
        "If it is meant, write the files anew with IMAPPS_WRITE_SURFACE=1, and a line into CHANGELOG.md: CONTRIBUTING.md says how.";

    private static bool Writes => Environment.GetEnvironmentVariable("IMAPPS_WRITE_SURFACE") == "1";

    [Fact]
    public void The_cmdlets_and_their_parameters_are_those_of_the_list() => Hold("cmdlets.txt", CmdletSurface.Text);

    [Fact]
    public void The_types_and_their_members_are_those_of_the_list() => Hold("types.cs.txt", TypeSurface.Text);

    [Fact]
    public void The_error_ids_are_those_of_the_list() => Hold("errors.txt", ErrorSurface.Text);

    private static void Hold(string name, string surface)
    {
        string path = Path.Combine(Repository.Root, "docs", "public-surface", name);
        if (Writes)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, surface);
        }

        string[] listed = File.Exists(path) ? File.ReadAllLines(path) : [];
        string[] actual = surface.TrimEnd('\n').Split('\n');
        string[] differences =
        [
            .. listed.Except(actual, StringComparer.Ordinal).Select(line => $"- {line}"),
            .. actual.Except(listed, StringComparer.Ordinal).Select(line => $"+ {line}"),
        ];
        Assert.True(listed.SequenceEqual(actual, StringComparer.Ordinal),
            $"docs/public-surface/{name} is not what the code says.\n{string.Join('\n', differences.Take(40))}\n{Remedy}");
    }
}
