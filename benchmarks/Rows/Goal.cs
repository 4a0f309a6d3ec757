namespace ImapPS.Benchmarks.Rows;

/// <summary>What a goal is measured by.</summary>
internal enum GoalKind
{
    /// <summary>At most so many times what well used MailKit takes.</summary>
    TimesMailKit,

    /// <summary>As fast as the fastest, with so many seconds more allowed.</summary>
    FastestOfAll,

    /// <summary>At most so many seconds more than PowerShell alone.</summary>
    SecondsAboveShell,
}

/// <summary>What ImapPS should reach in a row.</summary>
internal sealed record Goal(string Text, GoalKind Kind, double Value);
