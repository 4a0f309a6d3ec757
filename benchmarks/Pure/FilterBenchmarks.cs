using System.Management.Automation;
using BenchmarkDotNet.Attributes;
using ImapPS.Filters;

namespace ImapPS.Benchmarks.Pure;

/// <summary>The script block of -Filter to search terms.</summary>
public class FilterBenchmarks
{
    private readonly ConstantValues _caller = new();
    private readonly ScriptBlock _short = ScriptBlock.Create("$_.Subject -like '*invoice*'");
    private readonly ScriptBlock _long = ScriptBlock.Create(
        "($_.From -like '*@northwind.example' -or $_.Subject -match 'receipt|invoice') -and -not $_.IsRead -and $_.Size -gt 10kb");

    [Benchmark]
    public object CompileShort() => FilterCompiler.Compile(_short, _caller);

    [Benchmark]
    public object CompileLong() => FilterCompiler.Compile(_long, _caller);
}
