namespace ImapPS.Sandbox;

/// <summary>The types of records that the test's DNS server knows.</summary>
internal enum DnsType
{
    A = 1,
    Mx = 15,
    Aaaa = 28,
    Srv = 33,
}
