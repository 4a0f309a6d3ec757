namespace ImapPS.Models;

/// <summary>What came of a step of connecting, or of the test of a folder of a backup.</summary>
public enum ImapStepResult : long
{
    /// <summary>The step succeeded.</summary>
    Passed,

    /// <summary>The step failed. The steps after it are skipped.</summary>
    Failed,

    /// <summary>The step was not taken.</summary>
    Skipped,
}
