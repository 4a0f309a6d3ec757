using ImapPS.Sessions;

namespace ImapPS.Tests.Sessions;

/// <summary>Which proxy the environment wants for which server.</summary>
public sealed class ProxyEnvironmentTests
{
    [Theory]
    [InlineData("HTTPS_PROXY=http://a:3128", "http://a:3128")]
    [InlineData("ALL_PROXY=socks5h://a", "socks5://a:1080")]
    [InlineData("ALL_PROXY=socks5://a;HTTPS_PROXY=b:8080", "http://b:8080")]
    [InlineData("https_proxy=http://a;HTTPS_PROXY=http://b", "http://a:80")]
    [InlineData("all_proxy=https://[2001:db8::1]", "https://[2001:db8::1]:443")]
    [InlineData("HTTPS_PROXY=  ;ALL_PROXY=http://a:80", "http://a:80")]
    [InlineData("HTTP_PROXY=http://a", null)]
    [InlineData("", null)]
    public void The_variables(string environment, string? expected) =>
        Assert.Equal(expected, Of(environment).Find("mail.example.org", 993, null)?.ToString());

    [Theory]
    [InlineData("localhost")]
    [InlineData("imap.localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("127.1.2.3")]
    [InlineData("::1")]
    [InlineData("[::1]")]
    [InlineData("::ffff:127.0.0.1")]
    public void This_computer_needs_none(string host) => Assert.Null(Of("ALL_PROXY=http://a").Find(host, 993, null));

    [Theory]
    [InlineData("*", "mail.example.org", true)]
    [InlineData("example.org", "mail.example.org", true)]
    [InlineData(".example.org", "mail.example.org", true)]
    [InlineData("*.example.org", "mail.example.org", true)]
    [InlineData("EXAMPLE.org.", "mail.example.org", true)]
    [InlineData("a, b ,mail.example.org", "mail.example.org", true)]
    [InlineData("ample.org", "mail.example.org", false)]
    [InlineData("mail", "mail.example.org", false)]
    [InlineData("example.org:993", "mail.example.org", true)]
    [InlineData("example.org:143", "mail.example.org", false)]
    [InlineData("10.0.0.0/8", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "11.1.2.3", false)]
    [InlineData("10.1.2.3", "10.1.2.3", true)]
    [InlineData("10.1.2.3/33", "10.1.2.3", false)]
    [InlineData("2001:db8::/32", "2001:db8::5", true)]
    [InlineData("2001:db8::5", "[2001:db8::5]", true)]
    [InlineData("[2001:db8::5]:993", "2001:db8::5", true)]
    [InlineData("2001:db8::/32", "10.1.2.3", false)]
    [InlineData("/,:,.", "mail.example.org", false)]
    [InlineData("", "mail.example.org", false)]
    public void NO_PROXY(string list, string host, bool covers)
    {
        Assert.Equal(covers, new ProxyExceptions(list).Cover(host, 993));
        Assert.Equal(covers, Of($"ALL_PROXY=http://a;no_proxy={list}").Find(host, 993, null) is null);
    }

    [Fact]
    public void A_password_is_read_and_not_shown()
    {
        ProxyServer proxy = Of("ALL_PROXY=socks5://robot:s%40cret@a").Find("mail.example.org", 993, null)!;
        Assert.Equal(("robot", "s@cret"), (proxy.Credential!.UserName, proxy.Credential.Password));
        Assert.DoesNotContain("cret", proxy.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_not_to_be_understood_is_an_error_that_does_not_show_it() =>
        Assert.DoesNotContain("secret", Assert.Throws<Errors.ImapException>(
            () => Of("ALL_PROXY=gopher://robot:secret@a").Find("mail.example.org", 993, null)).Message, StringComparison.Ordinal);

    private static ProxyEnvironment Of(string environment)
    {
        Dictionary<string, string> all = environment.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(one => one.Split('=', 2))
            .ToDictionary(one => one[0], one => one[1], StringComparer.Ordinal);
        return new ProxyEnvironment(name => all.GetValueOrDefault(name));
    }
}
