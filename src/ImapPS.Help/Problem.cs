namespace ImapPS.Help;

/// <summary>One thing that fails the build, printed as MSBuild reads it.</summary>
internal sealed record Problem(string Code, string Message)
{
    public override string ToString() => $"ImapPS.Help : error {Code}: {Message}";
}
