using System.Globalization;
using System.Text.RegularExpressions;
using ImapPS.Search;

namespace ImapPS.Tests.Filters;

/// <summary>What the server is asked for a filter.</summary>
public sealed class FilterCompilerTests : FilterTest
{
    [Theory]
    [InlineData("$_.IsRead", "SEEN")]
    [InlineData("$PSItem.IsRead", "SEEN")]
    [InlineData("-not $_.IsRead", "UNSEEN")]
    [InlineData("!$_.IsRead", "UNSEEN")]
    [InlineData("$_.IsRead -eq $false", "UNSEEN")]
    [InlineData("$_.IsRead -ne $false", "SEEN")]
    [InlineData("$true -eq $_.isread", "SEEN")]
    [InlineData("return $_.IsFlagged", "FLAGGED")]
    [InlineData("$_.IsRead -and -not $_.IsFlagged", "SEEN UNFLAGGED")]
    [InlineData("-not ($_.IsRead -and $_.IsFlagged)", "OR UNSEEN UNFLAGGED")]
    [InlineData("$_.IsRead -or ($_.IsFlagged -and $_.Size -gt 5)", "OR SEEN (FLAGGED LARGER 5)")]
    [InlineData("$_.Flags -band 'Seen'", "SEEN")]
    [InlineData("($_.Flags -band 'Seen, Draft') -eq 0", "UNSEEN UNDRAFT")]
    [InlineData("$_.Flags -band 5", "OR SEEN FLAGGED")]
    [InlineData("$_.Flags -eq 'Seen'", "SEEN UNANSWERED UNFLAGGED UNDELETED UNDRAFT")]
    [InlineData("$_.Flags.HasFlag([ImapPS.Models.ImapMessageFlags]::Answered)", "ANSWERED")]
    public void Flags(string filter, string search) => Assert.Equal(search, Search(filter));

    [Theory]
    [InlineData("$_.Size -gt 5MB", "LARGER 5242880")]
    [InlineData("5MB -lt $_.Size", "LARGER 5242880")]
    [InlineData("$_.Size -gt '5MB'", "LARGER 5242880")]
    [InlineData("$_.Size -ge 100", "LARGER 99")]
    [InlineData("$_.Size -lt 100", "SMALLER 100")]
    [InlineData("$_.Size -le 100", "SMALLER 101")]
    [InlineData("$_.Size -lt 99.5", "SMALLER 100")]
    [InlineData("$_.Size -gt 99.5", "LARGER 99")]
    [InlineData("$_.Size -eq 100", "LARGER 99 SMALLER 101")]
    [InlineData("$_.Size -eq 99.5", "NOT ALL")]
    [InlineData("$_.Size -gt [double]::NaN", "ALL")]
    [InlineData("$_.Size -lt [long]::MaxValue", "ALL")]
    [InlineData("$_.Uid -gt 100", "UID 101:*")]
    [InlineData("$_.Uid -in 1, 2, 5", "OR OR UID 1:1 UID 2:2 UID 5:5")]
    [InlineData("$_.Uid -eq 7", "UID 7:7")]
    [InlineData("$_.Uid -notin 1..1", "UID 2:*")]
    [InlineData("$_.Size -gt $null", "ALL")]
    [InlineData("'5MB' -lt $_.Size", "ALL")]
    [InlineData("$_.Size -in 1..51", "ALL")]
    public void Numbers(string filter, string search) => Assert.Equal(search, Search(filter));

    [Theory]
    [InlineData("$_.Received -lt [DateTimeOffset]'2026-03-02T12:00:00Z'", "BEFORE 4-Mar-2026")]
    [InlineData("[DateTimeOffset]'2026-03-02T12:00:00Z' -gt $_.Received", "BEFORE 4-Mar-2026")]
    [InlineData("$_.Received -ge '2026-03-02T12:00:00Z'", "SINCE 1-Mar-2026")]
    [InlineData("$_.Date -ge '2026-03-02T12:00:00Z'", "OR SENTSINCE 1-Mar-2026 NOT SENTSINCE 1-Jan-1980")]
    [InlineData("$_.Received.Date -eq [datetime]'2026-03-02'", "SINCE 27-Feb-2026 BEFORE 5-Mar-2026")]
    [InlineData("$_.Received -lt 'no date'", "ALL")]
    [InlineData("$_.Received -lt $null", "ALL")]
    [InlineData("$null -lt $_.Date", "ALL")]
    public void Dates(string filter, string search) => Assert.Equal(search, Search(filter));

    [Theory]
    [InlineData("$_.Subject -like '*weekly report*'", """SUBJECT "wee" SUBJECT "ly" SUBJECT "report" SUBJECT "=?" """)]
    [InlineData("$_.Subject -clike '*weekly report*'", """SUBJECT "weekly" SUBJECT "report" """)]
    [InlineData("$_.Subject -match 'order \\d+ of'", """SUBJECT "order" SUBJECT "of" """)]
    [InlineData("$_.Subject -cmatch '^\\[urgent\\]'", """SUBJECT "[urgent]" """)]
    [InlineData("$_.Subject -match 'a|b'", "ALL")]
    [InlineData("$_.Subject -match '(?i)abc'", "ALL")]
    [InlineData("$_.Subject -match 'ab?c'", """SUBJECT "a" SUBJECT "c" """)]
    [InlineData("$_.Subject.Contains('Invoice')", """SUBJECT "Invoice" """)]
    [InlineData("$_.Subject -like '*'", "ALL")]
    [InlineData("$_.Subject -like ''", "ALL")]
    [InlineData("$_.Subject -eq ''", "ALL")]
    [InlineData("$_.Subject -notlike '*x*'", "ALL")]
    [InlineData("-not ($_.Subject -like '*xyz*')", "ALL")]
    [InlineData("$_.From -like '*@contoso.com'", """From "conto" From "com" """)]
    [InlineData("$_.From.Address -like '*@contoso.com'", """From "conto" From "com" """)]
    [InlineData("$_.From[0].Name -match 'Bob'", """From "Bob" """)]
    [InlineData("$_.From -notlike '*@contoso.com'", "ALL")]
    [InlineData("$_.From -eq 'bob@contoso.com'", """From "bob" From "conto" From "com" """)]
    [InlineData("$_.From.Address.Contains('bob')", "ALL")]
    [InlineData("$_.MessageId -match 'abc@mail\\.example'", """HEADER Message-ID "abc"  """)]
    public void Texts(string filter, string pieces)
    {
        string search = Search(filter);
        foreach (Match piece in Regex.Matches(pieces, "[A-Za-z-]+ \"[^\"]+\""))
        {
            Assert.Contains(piece.Value, search, StringComparison.Ordinal);
        }

        Assert.Equal(pieces == "ALL", search == "ALL");
    }

    [Theory]
    [InlineData("$_.Keywords -contains 'Work'", "KEYWORD Work")]
    [InlineData("'Work' -in $_.Keywords", "KEYWORD Work")]
    [InlineData("$_.Keywords -notcontains 'Work'", "UNKEYWORD Work")]
    [InlineData("'Work' -notin $_.Keywords", "UNKEYWORD Work")]
    [InlineData("$_.Keywords -eq 'Work'", "KEYWORD Work")]
    [InlineData("-not ($_.Keywords -eq 'Work')", "UNKEYWORD Work")]
    [InlineData("$_.Keywords -ccontains 'Work'", "KEYWORD Work")]
    [InlineData("$_.Keywords -cnotcontains 'Work'", "ALL")]
    [InlineData("$_.Keywords -contains 'no keyword'", "ALL")]
    [InlineData("$_.Keywords -contains \"a`r`nb\"", "ALL")]
    public void Keywords(string filter, string search) => Assert.Equal(search, Search(filter).Replace("\"", "", StringComparison.Ordinal));

    [Theory]
    [InlineData("$n = 5", "$_.Size -gt $n", "LARGER 5")]
    [InlineData("$n = 5", "$_.Size -gt $n * 1KB", "LARGER 5120")]
    [InlineData("$rule = [pscustomobject]@{ Max = 5 }", "$_.Size -gt $rule.Max", "LARGER 5")]
    [InlineData("$rule = @{ Max = 5 }", "$_.Size -gt $rule.Max", "LARGER 5")]
    [InlineData("$rule = @{ Max = 5 }", "$_.Size -gt $rule['Max']", "LARGER 5")]
    [InlineData("class Rule { [int]$Max = 5 }", "$_.Size -gt $rule.Max", "LARGER 5", "$rule = [Rule]::new()")]
    [InlineData("$all = $true", "$all -or $_.IsRead", "ALL")]
    [InlineData("$all = $false", "$all -or $_.IsRead", "OR NOT ALL SEEN")]
    [InlineData("$list = [System.Collections.Generic.List[int]](1, 2)", "$_.Uid -in $list", "OR UID 1:1 UID 2:2")]
    [InlineData("$d = [DateTimeOffset]'2026-03-02T12:00:00Z'", "$_.Received -lt $d.AddDays(-2)", "BEFORE 2-Mar-2026")]
    [InlineData("", "$_.Received -lt (Get-Date).AddDays(1 - 1)", "BEFORE 4-Mar-2026")]
    [InlineData("$env:FILTER_TEST = '5'", "$_.Size -gt [int]$env:FILTER_TEST", "LARGER 5")]
    [InlineData("$word = 'Bob'", "$_.From -cmatch \"$word\"", "Bob")]
    [InlineData("$word = 'Bob.'", "$_.From -cmatch [regex]::Escape($word)", "Bob")]
    [InlineData("$words = 'Bob', 'Ann'", "$_.From.Name -in $words", "Ann")]
    public void The_caller_s_values(string before, string filter, string search, string then = "") =>
        Assert.Contains(search, Search(filter, $"{before}\n{then}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("$n = 5", "$n++ -or $_.Size -gt $n")]
    [InlineData("$n = 5", "($n = 6) -and $_.Size -gt $n")]
    [InlineData("$list = [System.Collections.ArrayList]@(1)", "$list.Add(2) -and $_.Uid -in $list")]
    [InlineData("function n { 5 }", "$_.Size -gt (n)")]
    [InlineData("function Get-Date { [datetime]'2020-01-01' }", "$_.Received -lt (Get-Date)")]
    [InlineData("$n = [pscustomobject]@{}; $n.PSObject.Properties.Add([psscriptproperty]::new('Next', { $script:calls++; 5 }))",
        "$_.Size -gt $n.Next")]
    [InlineData("$missing = $null", "$_.Size -gt $missing.Value")]
    [InlineData("Set-StrictMode -Version 3", "$_.Size -gt $env:missing.Value")]
    [InlineData("", "$_.Size -gt $args[0]")]
    [InlineData("", "$_.Subject -match 'x' -and $_.Size -gt $Matches[0].Length", "OR SUBJECT")]
    [InlineData("", "$_.Size -gt (1..1e9).Count")]
    [InlineData("", "$_.Subject -like [guid]::NewGuid()")]
    [InlineData("", "$_.Size -gt ('x' * 1e9).Length")]
    [InlineData("", "$x = 5; $_.Size -gt 5")]
    [InlineData("", "param($x) $_.Size -gt 5")]
    [InlineData("", "process { $_.Size -gt 5 }")]
    [InlineData("", "")]
    [InlineData("", "$_.Size -gt 5 | Out-Null")]
    [InlineData("", "$_.HasAttachment")]
    [InlineData("", "$_.Folder -eq 'INBOX'")]
    [InlineData("", "$_.Size -gt $_.Uid")]
    [InlineData("", "$_ -like '*abc*'")]
    [InlineData("", "$_.From.Count -gt 1")]
    [InlineData("", "$_.IsRead -xor $_.IsFlagged")]
    [InlineData("function calm { } ", "(calm $_) -or $_.IsRead")]
    public void What_cannot_be_known_is_left(string before, string filter, string search = "ALL") =>
        Assert.StartsWith(search, Search(filter, before), StringComparison.Ordinal);

    [Fact]
    public void A_property_that_the_caller_has_replaced_is_not_the_server_s()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "t.ps1xml"), """
                <Types><Type><Name>ImapPS.Models.ImapMessage</Name><Members>
                  <ScriptProperty><Name>Size</Name><GetScriptBlock>7</GetScriptBlock></ScriptProperty>
                </Members></Type></Types>
                """);
            File.WriteAllText(Path.Combine(folder.FullName, "t.psd1"), "@{ ModuleVersion = '1.0'; TypesToProcess = 't.ps1xml' }");
            Assert.Equal("ALL", Search("$_.Size -gt 5", $"Import-Module '{folder.FullName}/t.psd1'"));
            Assert.Equal("UID 5:5", Search("$_.Uid -eq 5"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Nothing_is_run_to_compile()
    {
        const string Counter = "$script:calls = 0; $n = [pscustomobject]@{}; $n.PSObject.Properties.Add([psscriptproperty]::new('Next', "
            + "{ $script:calls++; 5 })); function f { $script:calls++; 5 };";
        Assert.Equal("0", Assert.Single(
            Succeed($"{Counter} $null = Test-Filter {{ $_.Size -gt $n.Next -or $_.Size -gt (f) -or \"$n\" -or \"$(f)\" }}; $script:calls"))
            .ToString());
        Assert.Equal("4", Assert.Single(
            Succeed($"{Counter} $null = Test-Filter {{ $_.Size -gt $n.Next -and $_.Size -gt (f) }} -Messages $messages; $script:calls",
            Message(1), Message(2))).ToString());
    }

    [Fact]
    public void A_failure_while_compiling_leaves_no_trace()
    {
        Assert.Equal("0", Assert.Single(Succeed("$Error.Clear(); $null = Test-Filter { $_.Size -gt [int]'x' }; $Error.Count")).ToString());
    }

    [Fact]
    public void What_is_left_is_told()
    {
        Assert.Equal(["$_.HasAttachment", "-not ($_.Subject -eq 'abc')"],
            ComparedLocally("$_.IsRead -and $_.HasAttachment -and\n -not ($_.Subject   -eq 'abc') -and $_.Size -gt 5"));
        Assert.Empty(ComparedLocally("$_.IsRead -and $_.From -like '*abc*'"));
        Assert.Equal(["$x = 5; $_.IsRead"], ComparedLocally("$x = 5; $_.IsRead").Select(left => left.Trim('{', '}', ' ')));
    }

    [Fact]
    public void A_culture_that_ignores_punctuation_gets_no_pieces_where_collation_decides()
    {
        using var thai = Start(new CultureInfo("th-TH"));
        object Query(string filter) => thai.Invoke($"Test-Filter {{ {filter} }} -Search").Output[0].BaseObject;
        Assert.Equal("ALL", Query("$_.Subject -like 'weekly*'"));
        Assert.NotEqual("ALL", Query("$_.Subject -like '*weekly*'"));
        Assert.NotEqual("ALL", Query("$_.Subject -eq 'weekly'"));
    }

    [Fact]
    public void A_server_that_searches_by_words_gets_no_text()
    {
        var condition = (SearchTerm)Assert.Single(
            Succeed("Test-Filter { $_.IsRead -and $_.Subject -like '*eekl*' } -SearchTerm")).BaseObject;
        Assert.Equal("SEEN", QueryText.Of(condition.ToQuery(new ServerAbilities { WordsOnly = true })));
    }

    [Fact]
    public void A_global_block_in_a_module_s_function_keeps_its_constants() =>
        Assert.Equal(["LARGER 5", "ALL"],
            Succeed("$n = 5; $m = New-Module { function wrap($block) { Test-Filter $block -Search } }; wrap { "
            + "$_.Size -gt 5 }; wrap { $_.Size -gt $n }").Select(line => line.ToString()));
}
