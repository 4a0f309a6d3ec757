using System.Management.Automation;
using ImapPS.Models;

namespace ImapPS.Tests.Reading;

/// <summary>A domain that is not in ASCII is the same in both of its forms.</summary>
public sealed class DomainTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData("-From info@xn--mnchen-3ya.example")]
    [InlineData("-From info@münchen.example")]
    [InlineData("-From xn--mnchen-3ya")]
    [InlineData("-From münchen.example")]
    [InlineData("-From *@xn--mnchen-3ya.example")]
    [InlineData("-From *@münchen.example")]
    [InlineData("-To b@xn--mnchen-3ya.example")]
    [InlineData("-To b@MÜNCHEN.example")]
    [InlineData("-Filter { $_.From -eq 'info@xn--mnchen-3ya.example' }")]
    [InlineData("-Filter { $_.From -eq 'info@münchen.example' }")]
    [InlineData("-Filter { $_.From -contains 'info@xn--mnchen-3ya.example' }")]
    [InlineData("-Filter { $_.From -like '*@münchen.example' }")]
    [InlineData("-Filter { $_.To -eq 'B <b@xn--mnchen-3ya.example>' }")]
    public void It_is_found_by_both(string criteria)
    {
        User.Deliver("INBOX", Message("idn", from: "Ann <info@xn--mnchen-3ya.example>", to: "B <b@xn--mnchen-3ya.example>"));
        User.Deliver("INBOX", Message("other", from: "Ann <info@muenchen.example>", to: "B <b@muenchen.example>"));
        Connect();
        PSObject found = Assert.Single(Succeed($"Get-ImapMessage {criteria}"));
        Assert.Equal("idn", Property<string>(found, "Subject"));
        Assert.Equal("info@münchen.example", Property<string>(found, "From"));
    }

    /// <summary>
    /// Whichever form the header has, raw or encoded, each finds it. -Filter compares what is shown, as Where-Object does, and that is the
    /// form that people read.
    /// </summary>
    [Theory]
    [InlineData("-From xn--mnchen-3ya")]
    [InlineData("-From münchen")]
    [InlineData("-From 'Ann <info@xn--mnchen-3ya.example>'")]
    [InlineData("-From 'Ann <info@münchen.example>'")]
    [InlineData("-From '*xn--mnchen-3ya*'")]
    [InlineData("-From '*XN--MNCHEN*'")]
    [InlineData("-From '*münchen*'")]
    [InlineData("-From 'Ann <*@xn--*>'")]
    [InlineData("-From 'nobody*', '*@xn--mnchen-3ya.example'")]
    [InlineData("-To '*xn--mnchen-3ya*'")]
    [InlineData("-To '*münchen*'")]
    [InlineData("-To 'c@example.org, B <b@xn--*.example>'")]
    [InlineData("-Cc '*xn--mnchen-3ya*'")]
    [InlineData("-Cc '*münchen*'")]
    [InlineData("-Header @{ From = '*@xn--*' }")]
    [InlineData("-Filter { $_.From -like '*münchen*' }")]
    [InlineData("-Filter { $_.From -eq 'info@xn--mnchen-3ya.example' }")]
    [InlineData("-Filter { $_.Cc.Address -like '*@münchen.example' }")]
    [InlineData("-From '*mnchen-3ya*'", 0)]
    [InlineData("-Filter { $_.From -like '*xn--*' }", 0)]
    [InlineData("-Filter { $_.To -match 'xn--' }", 0)]
    public void It_is_found_in_both(string criteria, int count = 2)
    {
        foreach (string domain in new[] { "xn--mnchen-3ya.example", "münchen.example", "muenchen.example" })
        {
            User.Deliver("INBOX", "MIME-Version: 1.0\r\n"
                + Message(domain, from: $"Ann <info@{domain}>", to: $"c@example.org, B <b@{domain}>\r\nCc: d@{domain}"));
        }

        Connect();
        Assert.Equal(Enumerable.Range(1, count), Succeed($"Get-ImapMessage {criteria}").Select(found => (int)Property<uint>(found, "Uid")));
        if (!criteria.StartsWith("-Filter", StringComparison.Ordinal)) return;

        string block = criteria["-Filter".Length..];
        Assert.Equal(count, Succeed($"Get-ImapMessage | Where-Object {block}").Count);
    }

    [Theory]
    [InlineData("info@münchen.example", "info@xn--mnchen-3ya.example")]
    [InlineData("bücher.münchen.example", "xn--bcher-kva.xn--mnchen-3ya.example")]
    [InlineData("jürgen@münchen.example", "jürgen@xn--mnchen-3ya.example")]
    [InlineData("plain@example.org", "plain@example.org")]
    [InlineData("日本.example", "xn--wgv71a.example")]
    public void It_has_two_forms(string unicode, string ascii)
    {
        Assert.Equal(ascii, DomainForms.ToAscii(unicode));
        Assert.Equal(unicode, DomainForms.ToUnicode(ascii));
        Assert.Equal(new ImapAddress("", unicode), (object)new ImapAddress("x", ascii));
        Assert.Equal(new ImapAddress("", unicode).GetHashCode(), new ImapAddress("x", ascii).GetHashCode());
    }

    [Theory]
    [InlineData("xn--")]
    [InlineData("xn--\u00fc")]
    [InlineData("xn--999999999")]
    [InlineData("-\u00fc-")]
    [InlineData("\ud800\u00fc")]
    public void What_is_none_stays(string text)
    {
        Assert.NotNull(DomainForms.ToUnicode(text));
        Assert.NotNull(DomainForms.ToAscii(text));
    }
}
