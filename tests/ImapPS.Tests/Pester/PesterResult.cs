namespace ImapPS.Tests.Pester;

/// <summary>What came of one It, or of a block or file that failed by itself.</summary>
public sealed record PesterResult(string Name, string Result, string? Error)
{
    public static PesterResult Failure(string name, string error) => new(name, "Failed", error);
}
