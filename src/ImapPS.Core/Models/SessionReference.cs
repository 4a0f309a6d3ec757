using System.Globalization;

namespace ImapPS.Models;

/// <summary>A session as a parameter value: the object, its id or its name.</summary>
public sealed class SessionReference
{
    // Not public: PowerShell would turn any piped object into text, and the text into a session.
    internal SessionReference(int id) => Id = id;

    internal SessionReference(string name)
    {
        if (Digits.Read(name) is { } id and <= int.MaxValue) Id = (int)id;
        else Name = name;
    }

    /// <summary>The id of the session. Null if the session is given by name.</summary>
    public int? Id { get; }

    /// <summary>The name of the session. Null if the session is given by id.</summary>
    public string? Name { get; }

    /// <summary>Returns the id or the name.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Name ?? Id.GetValueOrDefault().ToString(CultureInfo.InvariantCulture);
}
