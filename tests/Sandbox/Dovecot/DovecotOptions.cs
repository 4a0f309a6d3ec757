using System.Collections.Generic;

namespace ImapPS.Sandbox;

/// <summary>What a test may want otherwise than Debian has it.</summary>
public sealed record DovecotOptions
{
    /// <summary>The text of the greeting (login_greeting); null leaves the distribution's.</summary>
    public string? Greeting { get; init; }

    /// <summary>'/' (Maildir with the layout of the file system) or '.' (Maildir++).</summary>
    public char HierarchyDelimiter { get; init; } = '/';

    /// <summary>The SASL mechanisms offered (auth_mechanisms): 2.3 also knows cram-md5, scram-sha-1 and scram-sha-256.</summary>
    public IReadOnlyList<string> AuthenticationMechanisms { get; init; } = ["plain", "login"];

    /// <summary>
    /// Whether it has rights (ACL), quotas and metadata. With rights a master user may do only what he is allowed to.
    /// </summary>
    public bool HasAdministration { get; init; } = true;

    /// <summary>Lines appended to dovecot.conf: a later setting wins, a block adds to the one of its name.</summary>
    public IReadOnlyList<string> ExtraConfiguration { get; init; } = [];
}
