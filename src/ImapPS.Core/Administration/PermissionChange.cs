using ImapPS.Models;

namespace ImapPS.Administration;

/// <summary>What is to become of somebody's rights.</summary>
/// <param name="Identifier">Who it is.</param>
/// <param name="Set">The letters to set; null where they are not set.</param>
/// <param name="Add">The letters to add to what there is.</param>
/// <param name="Remove">The letters to take away from what there is.</param>
internal sealed record PermissionChange(string Identifier, string? Set, string Add = "", string Remove = "")
{
    private const char Administer = 'a';

    /// <summary>Whether whoever it is about does not have the right to administer afterwards.</summary>
    public bool Disowns => Identifier.Length > 0 && Identifier[0] == '-'
        ? (Set ?? Add).IndexOf(Administer) >= 0
        : Set is { } letters ? letters.IndexOf(Administer) < 0 : Remove.IndexOf(Administer) >= 0;

    /// <summary>What is done, in words.</summary>
    public string Action
    {
        get
        {
            string who = DisplayText.Printable(Identifier);
            if (Set is { Length: 0 }) return $"Remove all rights of '{who}'";
            if (Set is { } letters) return $"Set the rights of '{who}' to {letters}";

            string added = Add.Length > 0 ? $"Add {Add} to the rights of '{who}'" : string.Empty;
            string removed = Remove.Length > 0 ? $"{(added.Length > 0 ? ", and remove " : "Remove ")}{Remove}" : string.Empty;
            return added + removed + (added.Length > 0 ? string.Empty : $" from the rights of '{who}'");
        }
    }
}
