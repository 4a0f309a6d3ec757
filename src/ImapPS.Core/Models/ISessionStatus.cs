using System.Collections.Generic;

namespace ImapPS.Models;

/// <summary>The live side of a session handle.</summary>
internal interface ISessionStatus
{
    ImapSessionState State { get; }

    string Security { get; }

    bool IsCompressed { get; }

    IReadOnlyList<string> Capabilities { get; }

    bool IsDefault { get; }
}
