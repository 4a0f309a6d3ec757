using System.Management.Automation;
using System.Reflection;
using ImapPS.Models;

namespace ImapPS.Tests.Filters;

/// <summary>
/// A filter that reads what no message has is refused: it would let everything or nothing through, as input of deletions.
/// </summary>
public sealed class FilterPropertyTests(MailServer mail) : ModuleTest(mail)
{
    [Theory]
    [InlineData("$_.IsFlaged", "IsFlagged")]
    [InlineData("-not $_.IsFlaged", "IsFlagged")]
    [InlineData("$PSItem.Subjct -like 'a*'", "Subject")]
    [InlineData("$_.From.Adress -eq 'a@b'", "Address")]
    [InlineData("$_.From[0].Adress -eq 'a@b'", "Address")]
    [InlineData("$_.Attachments.Sise -gt 5", "Size")]
    [InlineData("$_.Received.Yaer -lt 2020", "Year")]
    [InlineData("$_.Subject.Lenght -gt 5", "Length")]
    [InlineData("$_.Nonsense", null)]
    [InlineData("'x' -in $_.Nonsense", null)]
    [InlineData("\"$($_.Nonsense)\" -eq ''", null)]
    [InlineData("[string]::IsNullOrEmpty($_.Nonsense)", null)]
    [InlineData("$_.Subject.StartsWith($_.Nonsense)", null)]
    [InlineData("if ($_.Nonsense) { $true }", null)]
    [InlineData("$_ | Where-Object Uid -gt 0; $_.Nonsense", null)]
    [InlineData("switch ($_.Nonsense) { default { $true } }", null)]
    [InlineData("$_.Subject.Contains", "Contains(")]
    [InlineData("$_ | Where-Object { -not $_.IsFlaged }", "IsFlagged")]
    [InlineData("$_.Subject -notlike $patern", null)]
    [InlineData("'$_.IsFlagged'", null)]
    [InlineData("Subject -eq 1", "$_.Subject")]
    public void What_no_message_has_is_refused_before_anything_is_sent(string filter, string? nearest)
    {
        User.Deliver("INBOX", Message("one"));
        Connect();
        foreach (string script in new[]
        {
            $"Get-ImapMessage -Filter {{ {filter} }}",
            $"Wait-ImapMessage -Filter {{ {filter} }} -TimeoutSeconds 1",
            $"Assert-ImapMessage -Filter {{ {filter} }}",
        })
        {
            ErrorRecord error = AssertError(Run(script), "FilterInvalid");
            if (nearest is not null) Assert.Contains(nearest, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }

        Assert.Empty(Proxy.Commands);
    }

    [Theory]
    [InlineData("$_.SUBJECT -eq 'one'")]
    [InlineData("$_.From.Count -eq 1")]
    [InlineData("$_.From.Address -eq 'alice@example.org'")]
    [InlineData("$_.From[0].Name.Length -gt 1")]
    [InlineData("$_.Received.Year -ge 2000")]
    [InlineData("$_.Received.UtcDateTime.Date.Year -ge 2000")]
    [InlineData("$_.PSObject.Properties['Subject'].Value -eq 'one'")]
    [InlineData("$_.GetType().Name -eq 'ImapMessage'")]
    [InlineData("$_.Keywords.Count -eq 0")]
    [InlineData("@($_.From | Where-Object { $_.Address -like '*' }).Count -eq 1")]
    [InlineData("@(Get-Culture | ForEach-Object { $_.Whatever; 1 }).Count -gt 0")]
    [InlineData("try { throw 'x' } catch { $_.Exception.Message -eq 'x' }")]
    [InlineData("switch (Get-Culture) { default { $_.Whatever -eq $null } }")]
    [InlineData("$property = 'Subject'; $_.$property -eq 'one'")]
    [InlineData("$_.Added -eq 'added'")]
    public void What_is_there_or_is_something_else_goes_through(string filter)
    {
        User.Deliver("INBOX", Message("one"));
        Connect();
        Succeed("Update-TypeData -TypeName ImapPS.Models.ImapMessage -MemberType ScriptProperty -MemberName Added "
            + "-Value { 'added' } -Force");
        Assert.Single(Succeed($"Get-ImapMessage -Filter {{ {filter} }}"));
    }

    [Theory]
    [InlineData("$_.Preview -like '*Hello*'", "-Include Preview")]
    [InlineData("$_.Body -like '*Hello*'", "-Include Body")]
    [InlineData("$_.Headers.Name -contains 'Subject'", "-Include Headers")]
    [InlineData("$_.Headers.Name -contains 'Subject'", "-Headers Subject")]
    [InlineData("$_.ThreadDepth -eq 0", "-Thread")]
    public void What_is_not_fetched_is_refused_and_says_how_to_get_it(string filter, string with)
    {
        User.Deliver("INBOX", Message("one"));
        Connect();
        ErrorRecord error = AssertError(Run($"Get-ImapMessage -Filter {{ {filter} }}"), "FilterInvalid");
        if (with != "-Headers Subject") Assert.Contains(with, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        Assert.Single(Succeed($"Get-ImapMessage -Filter {{ {filter} }} {with}"));
    }

    [Fact]
    public void Every_property_of_a_content_alone_is_refused_and_names_the_cmdlet_that_reads_it()
    {
        Connect();
        string[] own = [.. typeof(ImapMessageContent).GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Select(property => property.Name)];
        Assert.NotEmpty(own);
        foreach (string name in own)
        {
            ErrorRecord error = AssertError(Run($"Get-ImapMessage -Filter {{ $_.{name} }}"), "FilterInvalid");
            Assert.Contains("Get-ImapMessageContent", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
        }
    }
}
