using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ImapPS.Benchmarks.Rows;
using ImapPS.Sandbox;

namespace ImapPS.Benchmarks;

/// <summary>What the program was asked to do.</summary>
internal sealed record Options
{
    public const string Usage =
        """
        Measures ImapPS side by side with other clients, and writes docs/performance.md.

        dotnet run -c Release --project benchmarks                  measures all rows
        dotnet run -c Release --project benchmarks -- --rows list*  measures these, and keeps the others' results
        dotnet run -c Release --project benchmarks -- pure          measures pure parts with BenchmarkDotNet

        --rows <wildcards>    the rows, separated by commas: --list names them
        --tools <wildcards>   the tools; what others had is kept out of the row, so the page is not written
        --quick               a tenth of the messages; prints the page and writes no file
        --repeat <n>          how often each tool has its turn; the default is 3
        --output <path>       the page; the default is docs/performance.md
        --render              writes the page from benchmarks/results.json, and measures nothing
        --list                names the rows
        """;

    public IReadOnlyList<string> Rows { get; private init; } = ["*"];

    public IReadOnlyList<string> Tools { get; private init; } = ["*"];

    public bool IsQuick { get; private init; }

    public int Repeats { get; private init; } = 3;

    public string Output { get; private init; } = Path.Combine(Repository.Root, "docs", "performance.md");

    public string ResultsPath { get; } = Path.Combine(Repository.Root, "benchmarks", "results.json");

    public bool OnlyRenders { get; private init; }

    public bool OnlyLists { get; private init; }

    /// <summary>Whether the results go into the repository.</summary>
    public bool IsKept => !IsQuick && Tools is ["*"];

    public IReadOnlyList<Row> SelectedRows =>
        [.. RowTable.All.Where(row => Wildcards.Match(Rows, row.Id)).Select(row => IsQuick ? row.Quick() : row)];

    public static Options Parse(IReadOnlyList<string> arguments)
    {
        var options = new Options();
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
        {
            options = argument switch
            {
                "--rows" => options with { Rows = Wildcards.Of(Value()) },
                "--tools" => options with { Tools = Wildcards.Of(Value()) },
                "--quick" => options with { IsQuick = true },
                "--repeat" => options with { Repeats = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--output" => options with { Output = Path.GetFullPath(Value()) },
                "--render" => options with { OnlyRenders = true },
                "--list" => options with { OnlyLists = true },
                _ => throw new FormatException($"There is no option {argument}.\n\n{Usage}"),
            };

            string Value() => rest.TryDequeue(out var value) ? value : throw new FormatException($"{argument} takes a value.");
        }

        return options;
    }
}
