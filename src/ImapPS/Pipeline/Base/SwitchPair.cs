using System;
using System.Management.Automation;
using ImapPS.Errors;

namespace ImapPS.Pipeline.Base;

/// <summary>
/// Two switches that say the opposite of each other, such as -Read and -Unread. One that is given as $false says what its opposite says:
/// taken for not given, -Flagged:$false would let flagged messages through to a deletion.
/// </summary>
internal static class SwitchPair
{
    /// <summary>What the pair says; null when neither is given.</summary>
    /// <param name="invocation">Tells which are given.</param>
    /// <param name="yes">The first switch, and its name.</param>
    /// <param name="no">Its opposite, and its name.</param>
    /// <param name="contradiction">What to throw when they contradict each other.</param>
    public static bool? Read(
        InvocationInfo invocation,
        (SwitchParameter Value, string Name) yes,
        (SwitchParameter Value, string Name) no,
        Func<string, string, ImapException> contradiction)
    {
        bool? given = invocation.BoundParameters.ContainsKey(yes.Name) ? yes.Value : null;
        bool? opposite = invocation.BoundParameters.ContainsKey(no.Name) ? !no.Value : null;
        return given is null || opposite is null || given == opposite ? given ?? opposite : throw contradiction(yes.Name, no.Name);
    }
}
