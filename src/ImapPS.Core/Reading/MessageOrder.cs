using System;
using System.Collections.Generic;
using ImapPS.Models;

namespace ImapPS.Reading;

/// <summary>
/// Passes messages on in the order of their UIDs as soon as they come. A message that another one is to come before waits: servers answer
/// in order, as a rule.
/// </summary>
/// <param name="uids">The UIDs that were asked for, ascending.</param>
/// <param name="known">The message of a UID; null when it has not come, or not all of it.</param>
/// <param name="pass">Takes them.</param>
internal sealed class MessageOrder(IReadOnlyList<uint> uids, Func<uint, ImapMessage?> known, Action<ImapMessage> pass)
{
    private int _next;

    /// <summary>Passes on what nothing is to come before.</summary>
    public void Advance()
    {
        while (_next < uids.Count && known(uids[_next]) is { } message)
        {
            _next++;
            pass(message);
        }
    }

    /// <summary>Passes on the rest: what has not come by now is not there.</summary>
    public void Finish()
    {
        while (_next < uids.Count)
        {
            if (known(uids[_next++]) is { } message) pass(message);
        }
    }
}
