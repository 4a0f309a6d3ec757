namespace ImapPS.Help.Model;

/// <summary>An example. A paragraph before the code is its title; the remarks are everything else.</summary>
internal sealed record ExampleHelp(int Number, Prose Title, string Code, Prose Remarks)
{
    public bool IsComplete => Code.Length > 0 && !(Title.IsEmpty && Remarks.IsEmpty);

    /// <summary>'Example 2', or 'Example 2: Undo a move'.</summary>
    public string Heading(string title) => title.Length == 0 ? $"Example {Number}" : $"Example {Number}: {title.TrimEnd('.', ':')}";
}
