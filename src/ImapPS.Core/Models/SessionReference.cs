using System.Globalization;

namespace ImapPS.Models;

/// <summary>A session as a parameter takes it: the object, its id, or its name.</summary>
public sealed class SessionReference
{
    // Not public: PowerShell would turn any piped object into text, and the text into a session.
    internal SessionReference(int id) => Id = id;

    internal SessionReference(string name)
    {
        if (Digits.Read(name) is { } id and <= int.MaxValue) Id = (int)id;
        else Name = name;
    }

    /// <summary>The session's id, or null when it is named.</summary>
    public int? Id { get; }

    /// <summary>The session's name, or null when it is given by id.</summary>
    public string? Name { get; }

    /// <summary>The id or the name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name ?? Id.GetValueOrDefault().ToString(CultureInfo.InvariantCulture);
}
