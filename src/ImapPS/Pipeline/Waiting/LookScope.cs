namespace ImapPS.Pipeline.Waiting;

/// <summary>Which messages a look of a wait is at.</summary>
internal enum LookScope
{
    /// <summary>All that count, also those that did not match before.</summary>
    All,

    /// <summary>Those that have come since the last look.</summary>
    Arrived,

    /// <summary>Those of the last minutes once more, which the server may find by now.</summary>
    Again,

    /// <summary>All that count, and have not been compared.</summary>
    Last,
}
