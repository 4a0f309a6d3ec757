using System.Management.Automation;
using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Filters;

/// <summary>A slip in a filter is refused, and what is right, however unusual, is what Where-Object makes of it.</summary>
public sealed class FilterCheckTests : FilterTest
{
    private const string Scope = """
        $pattern = 'one*'; $name = 'Subject'; $wrong = 'IsFlaged'; $nothing = $null; $n = 15; $count = $total = 0
        $rule = [pscustomobject]@{ Size = 15; Word = 'one'; Wrong = 'IsFlaged' }; $map = @{ Size = 15 }; $seen = @{}
        $property = { $_.Subject }; $rows = [pscustomobject]@{ Nmae = 1 }; $list = [System.Collections.ArrayList]@('one')
        function keep { param($message, $block) $message.Size -gt 5 }
        """;

    /// <summary>The message, as one may write it.</summary>
    private static readonly string[] _messageForms =
    [
        "$_", "$PSItem", "($_)", "$($_)", "@($_)", "([object]$_)", "([psobject]$_)", "$local:_", "$m", "($m = $_)", "(& { $_ })",
        "($_ | Where-Object { $true })", "($_ | % { $_ })", "($_ | Sort-Object Size)",
        "($_ | Select-Object -First 1)", "$_.Where({ $true })", "$(foreach ($i in $_) { $i })", "$(if ($true) { $_ } else { $_ })",
        "(& { return $_ })", "$x",
    ];

    /// <summary>What may be read of it, right and wrong.</summary>
    private static readonly (string Right, string Wrong)[] _reads =
    [
        ("{0}.IsFlagged", "{0}.IsFlaged"), ("{0}.From.Address", "{0}.From.Adress"), ("{0}.Subject.Length", "{0}.Subject.Lenght"),
        ("{0}.Subject.Trim()", "{0}.Subject.Trim"), ("{0}.Subject.Trim()", "{0}.Subject.Tirm()"),
        ("{0}.$name", "{0}.$wrong"), ("{0}.('Sub' + 'ject')", "{0}['Subject']"),
        ("{0}.Attachments.Where({ $_.Size })", "{0}.Attachments.Where({ $_.Siez })"),
        ("({0}.Attachments | ? Size)", "({0}.Attachments | ? Siez)"),
        ("({0}.Attachments | % Size)", "({0}.Attachments | % { $_.Siez })"), ("({0} | ? Subject)", "({0} | ? Subjct)"),
        ("{0}.From[0].Name", "{0}.From[0].Nmae"),
    ];

    /// <summary>Where it may be read.</summary>
    private static readonly string[] _contexts =
    [
        "-not {0}", "{0} -eq $null", "\"$({0})\" -eq ''", "[string]::IsNullOrEmpty({0})", "if ({0}) { $false } else { $true }",
        "& { -not {0} }", "foreach ($each in 1) { -not {0} }", "$_ | Where-Object { -not {0} }",
        "@{ a = {0} }.a -eq $null", "$read = {0}; -not $read", "switch ($_) { default { -not $(switch ({0}) { default { 1 } }) } }",
        "try { -not {0} } catch { }", "$_.Uid -gt 0 -and ($_.Size -lt 0 -or -not {0})", "@({0}).Count -eq 0",
    ];

    private static readonly ImapMessage[] _messages =
    [
        Message(1, "one", 10),
        Message(2, "two", 20, flags: ImapMessageFlags.Seen),
        new()
        {
            Uid = 3,
            Subject = "three words here",
            Size = 30,
            Flags = ImapMessageFlags.Flagged,
            Keywords = ImapList<string>.Of(["Work", "later"]),
            From = ImapAddressList.Of([new ImapAddress("Bob", "bob@example.net"), new ImapAddress("Carol", "carol@example.net")]),
            Cc = ImapAddressList.Of([new ImapAddress("", "dan@example.org")]),
            Attachments = ImapList<ImapAttachment>.Of(
                [new ImapAttachment("a.pdf", "application/pdf", 100, "2"), new ImapAttachment("", "text/plain", 50, "3")]),
            Headers = ImapList<ImapHeader>.Of([new ImapHeader("List-Id", "<list>")]),
            Date = new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero),
            Received = new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero),
        },
    ];

    [Theory]
    [MemberData(nameof(FilterTable.Slips), MemberType = typeof(FilterTable))]
    public void A_slip_is_refused(string filter, string meant)
    {
        EngineResult result = Run($"{Scope}; Test-Filter {{ {filter} }} -Messages $messages", _messages);
        ErrorRecord error = Assert.Single(result.AllErrors);
        Assert.StartsWith("FilterInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Contains(meant, $"{error.ErrorDetails.Message} {error.ErrorDetails.RecommendedAction}", StringComparison.Ordinal);
    }

    /// <summary>The rule behind the table: what is read is known whatever the message is called, and wherever that stands.</summary>
    [Fact]
    public void A_slip_is_refused_wherever_it_is()
    {
        Succeed(Scope, _messages);
        Assert.All(Combinations(read => read.Wrong), filter =>
        {
            EngineResult result = Run($"Test-Filter {{ {filter} }} -Messages $messages", _messages);
            Assert.StartsWith("FilterInvalid,", Assert.Single(result.AllErrors).FullyQualifiedErrorId, StringComparison.Ordinal);
        });
        Assert.All(Combinations(read => read.Right), filter =>
        {
            string wanted = $"$filter = {{ {filter} }}; \"$(($messages | Where-Object $filter).Uid)\"";
            IReadOnlyList<PSObject> both = Succeed($"{wanted}; \"$((Test-Filter $filter -Messages $messages).Uid)\"", _messages);
            Assert.Equal(both[0].ToString(), both[1].ToString());
        });
    }

    [Theory]
    [InlineData("function f { $pattern = 1; Test-Filter { $_.Subject -like $patern } }; f")]
    [InlineData("$m = New-Module { function own { $pattern = 1; Test-Filter { $_.Subject -like $patern } } }; own")]
    [InlineData("$m = New-Module { $pattern = 1; function own { Test-Filter { $_.Subject -like $script:patern } } }; own")]
    [InlineData("$f = & { $pattern = 1; { $_.Subject -like $patern }.GetNewClosure() }; Test-Filter $f")]
    [InlineData("& { $patern = 1 }; Test-Filter { $_.Subject -like $patern }")]
    [InlineData("function f { $private:patern = 1; g }; function g { Test-Filter { $_.Subject -like $patern } }; f")]
    public void A_variable_is_looked_for_where_the_block_runs(string script)
    {
        ErrorRecord error = Assert.Single(Run(script, _messages).AllErrors);
        Assert.StartsWith("FilterInvalid,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal("$patern", ((string)error.TargetObject).Replace("script:", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$m = New-Module { function wrap($b) { Test-Filter $b } }; function f { $mine = 1; wrap { $_.Uid -eq $mine } }; f")]
    [InlineData("$m = New-Module { function wrap($block) { Test-Filter $block } }; wrap { $_.Subject -like $patern }")]
    [InlineData("function f { param($given) Test-Filter { $_.Subject -like $given } }; f")]
    [InlineData("function f { $mine = 1; g }; function g { Test-Filter { $_.Subject -like $mine } }; f")]
    [InlineData("1 | ForEach-Object -PipelineVariable one { $_ } | ForEach-Object { Test-Filter { $_.Uid -eq $one } }")]
    [InlineData("foreach ($one in 1) { Test-Filter { $_.Uid -eq $one } }")]
    [InlineData("$m = New-Module { $script:mine = 1; function own { Test-Filter { $_.Size -gt $script:mine } } }; own")]
    [InlineData("class Rule { [int]$Max = 5; [object] Find() { return (Test-Filter { $_.Size -gt $this.Max }) } }; [Rule]::new().Find()")]
    public void A_variable_that_may_be_there_is_allowed(string script) => Succeed(script, _messages);

    [Theory]
    [MemberData(nameof(FilterTable.Right), MemberType = typeof(FilterTable))]
    public void What_is_right_is_what_Where_Object_makes_of_it(string filter)
    {
        EngineResult wanted = Run($"{Scope}; $messages | Where-Object {{ {filter} }}", _messages);
        Assert.Empty(wanted.AllErrors);
        Assert.Equal(wanted.Output.Select(Uid), Succeed($"{Scope}; Test-Filter {{ {filter} }} -Messages $messages", _messages).Select(Uid));

        static uint Uid(PSObject message) => ((ImapMessage)message.BaseObject).Uid;
    }

    private static IEnumerable<string> Combinations(Func<(string Right, string Wrong), string> choose) =>
        from form in Enumerable.Range(0, _messageForms.Length)
        from read in Enumerable.Range(0, _reads.Length)
        from context in form == 0 ? Enumerable.Range(0, _contexts.Length) : [(form + read) % _contexts.Length]
        select Combination(_messageForms[form], choose(_reads[read]), _contexts[context]);

    private static string Combination(string form, string read, string context)
    {
        string before = form switch
        {
            "$m" => "$m = $_; ",
            "$x" => "foreach ($x in $_) { ",
            _ => "",
        };
        string written = context.Replace("{0}", read.Replace("{0}", form, StringComparison.Ordinal), StringComparison.Ordinal);
        return before + written + (form == "$x" ? " }" : "");
    }
}
