using MailKit.Search;

namespace ImapPS.Search;

/// <summary>A size (RFC822.SIZE) of over so many octets, or of no more than that.</summary>
/// <remarks>
/// Some servers measure otherwise when they search: Courier counts a line end as one octet, GreenMail leaves out the header, imap4d the
/// separators of its mbox. So the server is asked for less, and the sizes are compared here.
/// </remarks>
internal sealed record SizeTerm(long Octets, bool IsOver) : SearchTerm
{
    /// <summary>More than most headers take.</summary>
    private const int Slack = 8_192;

    protected override SearchQuery? Ask(ServerAbilities server)
    {
        // MailKit takes an int. What lies beyond is compared here; no message is smaller than nothing.
        if (Octets < 0) return IsOver ? null : new ConstantTerm(Holds: false).ToQuery(server);

        long asked = (IsOver, server.MeasuresAsShown) switch
        {
            (true, false) => (Octets / 2) - Slack,
            (false, false) => Octets + 1 + Slack,
            (true, true) => Octets,
            (false, true) => Octets + 1,
        };
        if (asked <= 0 && !server.MeasuresAsShown) return null;
        if (asked >= int.MaxValue) return IsOver ? SearchQuery.LargerThan(int.MaxValue - 1) : null;

        return IsOver ? SearchQuery.LargerThan((int)asked) : SearchQuery.SmallerThan((int)asked);
    }

    public override SearchTerm Negate() => this with { IsOver = !IsOver };
}
