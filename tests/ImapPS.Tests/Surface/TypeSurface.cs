using PublicApiGenerator;

namespace ImapPS.Tests.Surface;

/// <summary>What a script can name and read, as text: the public types of the module's objects, with their members.</summary>
internal static class TypeSurface
{
    private const string Head =
        """
        // The public types of ImapPS.Core, which are those of the objects that cmdlets emit and take. The classes of the cmdlets are public for
        // PowerShell's sake, and no contract.


        """;

    private static readonly ApiGeneratorOptions _options = new() { IncludeAssemblyAttributes = false };

    public static string Text => Head
        + typeof(ImapPS.Models.ImapMessage).Assembly.GeneratePublicApi(_options).ReplaceLineEndings("\n").Trim() + "\n";
}
