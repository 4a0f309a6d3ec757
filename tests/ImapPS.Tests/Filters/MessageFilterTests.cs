using ImapPS.Models;
using ImapPS.Sandbox;

namespace ImapPS.Tests.Filters;

/// <summary>The block runs as Where-Object would run it, in the scope that it was written in.</summary>
public sealed class MessageFilterTests : FilterTest
{
    private static readonly ImapMessage[] _messages = [Message(1, "one", 10), Message(2, "two", 20), Message(3, "three", 30)];

    [Theory]
    [InlineData("$n = 15; & $test { $_.Size -gt $n }")]
    [InlineData("function f { $n = 15; & $test { $_.Size -gt $n } }; f")]
    [InlineData("function f { param($n) & $test { $_.Size -gt $n } }; f 15")]
    [InlineData("$n = 5; function f { $n = 15; & $test { $_.Size -gt $n } }; f")]
    [InlineData("function f { $private:n = 15; & $test { $_.Size -gt $n } }; $n = 5; f")]
    [InlineData("$n = 5; function f { $n = 15; g { $_.Size -gt $n } }; function g($block) { & $test $block }; f")]
    [InlineData("$n = 15; function g($block) { $n = 5; & $test $block }; g { $_.Size -gt $n }.GetNewClosure()")]
    [InlineData("$n = 15; $block = { $_.Size -gt $n }.GetNewClosure(); $n = 100; & $test $block")]
    [InlineData("$n = 15; $m = New-Module { $n = 5; function wrap($block) { & $test $block } }; wrap { $_.Size -gt $n }")]
    [InlineData("$n = 5; $m = New-Module { $n = 15; function own { & $test { $_.Size -gt $n } } }; own")]
    [InlineData("$n = 5; $m = New-Module { $n = 15; function own { $n = 25; & $test { $_.Size -gt $script:n } } }; own")]
    [InlineData("$n = 5; $m = New-Module { $n = 15; function give { { $_.Size -gt $n } } }; & $test (give)")]
    [InlineData("$n = 5; $m = New-Module { function wrap($block) { $n = 100; & $test $block } }; function f { $n "
        + "= 15; wrap { $_.Size -gt $n } }; f")]
    [InlineData("$n = 15; & { & $test { $_.Size -gt $n } }")]
    [InlineData("$n = 15; & $test ([scriptblock]::Create('$_.Size -gt $n'))")]
    [InlineData("$n = 15; $f = { $_.Size -gt $n }; 1 | ForEach-Object { & $test $f }")]
    [InlineData("$_ = 15; & $test { $_.Size -gt 15 }")]
    [InlineData("$h = @{ Size = 15 }; & $test { $_.Size -gt $h.Size }")]
    public void The_block_sees_its_own_scope(string script)
    {
        const string Tests = "$test = { param($block) $messages | Where-Object $block }; ";
        string where = Tests + script;
        string filter = script.Replace("& $test", "Test-Filter -Messages $messages", StringComparison.Ordinal);
        Assert.Equal([2, 3], Uids(filter));
        if (!script.Contains("New-Module", StringComparison.Ordinal) && !script.Contains("private", StringComparison.Ordinal))
        {
            Assert.Equal([2, 3], Uids(where));
        }
    }

    [Fact]
    public void Messages_pass_as_they_are()
    {
        Assert.Same(_messages[1], Assert.Single(Succeed("Test-Filter { $_.Uid -eq 2 } -Messages $messages", _messages)).BaseObject);
        Assert.Same(_messages[1], Assert.Single(Succeed("$messages | Test-Filter { $_.Uid -eq 2 }", _messages)).BaseObject);
    }

    [Theory]
    [InlineData("{ [int]'x' -or $true }")]
    [InlineData("{ Get-Nothing; $true }")]
    [InlineData("{ throw 'enough' }")]
    [InlineData("{ if ($_.Uid -eq 2) { throw 'enough' } else { $true } }")]
    [InlineData("{ $_.Size -gt 'big' }")]
    [InlineData("{ Write-Error 'oh' ; $true }")]
    [InlineData("{ $_.Preview.Trim() }")]
    [InlineData("{ $n.Nothing }", "Set-StrictMode -Version 3; $n = 5; ")]
    [InlineData("{ $LASTEXITCODE -or $true }", "Set-StrictMode -Version 3; ")]
    [InlineData("{ $_.Subject -like '[' -or $true }")]
    [InlineData("{ $_.Subject -match '(' }")]
    [InlineData("{ [int]'x' -or $true }", "$ErrorActionPreference = 'Stop'; ")]
    [InlineData("{ [int]'x' -or $true }", "$ErrorActionPreference = 'SilentlyContinue'; ")]
    public void Errors_are_Where_Object_s(string block, string before = "")
    {
        EngineResult expected = Run($"{before}$Error.Clear(); $messages | Where-Object {block}", _messages);
        int count = (int)Run("$Error.Count").Output[0].BaseObject;
        EngineResult actual = Run($"{before}$Error.Clear(); Test-Filter {block} -Messages $messages", _messages);
        Assert.Equal(expected.Output.Select(message => message.BaseObject), actual.Output.Select(message => message.BaseObject));
        Assert.Equal(expected.Errors.Select(error => error.ToString()), actual.Errors.Select(error => error.ToString()));
        Assert.Equal(expected.Errors.Select(error => error.FullyQualifiedErrorId),
            actual.Errors.Select(error => error.FullyQualifiedErrorId));
        Assert.Equal(expected.TerminatingError?.ToString(), actual.TerminatingError?.ToString());
        Assert.Equal(expected.TerminatingError?.FullyQualifiedErrorId.Split(',')[0],
            actual.TerminatingError?.FullyQualifiedErrorId.Split(',')[0]);
        Assert.Equal(count, (int)Run("$Error.Count").Output[0].BaseObject);
    }

    [Fact]
    public void Break_leaves_the_loop_around()
    {
        const string Script = "foreach ($i in 1, 2) { $i; {0} { if ($_.Uid -eq 2) { break }; $true } }; 'after'";
        IEnumerable<string> Text(string script) =>
            Succeed(script, _messages).Select(line => line.BaseObject is ImapMessage message ? message.Subject : line.ToString());
        Assert.Equal(Text(Script.Replace("{0}", "$messages | Where-Object", StringComparison.Ordinal)),
            Text(Script.Replace("{0}", "Test-Filter -Messages $messages", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_was_found_before_a_throw_is_kept()
    {
        EngineResult result =
            Run("$found = @(); try { Test-Filter { if ($_.Uid -eq 3) { throw 'enough' }; $true } -Messages $messages "
            + "| ForEach-Object { $found += $_.Uid } } catch { 'caught' }; $found", _messages);
        Assert.Equal(["caught", "1", "2"], result.Output.Select(line => line.ToString()));
    }

    [Fact]
    public void The_block_may_change_its_scope()
    {
        Assert.Equal(["60"], Succeed("$sum = 0; $null = Test-Filter { $sum += $_.Size; $true } -Messages $messages; $sum", _messages)
            .Select(line => line.ToString()));
        Assert.Equal(["1", "2"],
            Succeed("$seen = @{}; (Test-Filter { $_.Subject.Length -ne 5 -and -not $seen[$_.From[0].Address + "
            + "$_.Size] } -Messages $messages).Uid", _messages).Select(line => line.ToString()));
    }

    [Fact]
    public void Early_ends_are_clean()
    {
        Assert.Equal(1, Assert.Single(Uids("Test-Filter { $true } -Messages $messages | Select-Object -First 1")));
        Assert.Equal(3, Uids("Test-Filter { $true } -Messages $messages").Count());
    }

    [Fact]
    public void Filters_nest() =>
        Assert.Equal([2], Uids("Test-Filter { $_.Uid -in (Test-Filter { $_.Size -eq 20 } -Messages $messages).Uid } -Messages $messages"));

    private IEnumerable<int> Uids(string script) =>
        Succeed(script, _messages).Select(message => (int)((ImapMessage)message.BaseObject).Uid);
}
