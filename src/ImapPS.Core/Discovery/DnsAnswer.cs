using System.Collections.Generic;

namespace ImapPS.Discovery;

/// <summary>What DNS says to one question.</summary>
/// <param name="Records">The records; none when there are none.</param>
/// <param name="Failure">Why there is no answer at all; null when there is one.</param>
/// <typeparam name="T">What a record says.</typeparam>
internal sealed record DnsAnswer<T>(IReadOnlyList<T> Records, string? Failure = null);

/// <summary>An SRV record (RFC 2782).</summary>
/// <param name="Target">The host as it was sent; "." says that the service is not offered.</param>
/// <param name="Port">Its port.</param>
/// <param name="Priority">Lower ones come first.</param>
/// <param name="Weight">How often one comes before others of its priority.</param>
internal sealed record SrvTarget(string Target, int Port, int Priority, int Weight);
