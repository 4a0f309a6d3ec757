using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace ImapPS.Sandbox;

/// <summary>What came of a script, stream by stream.</summary>
public sealed record EngineResult
{
    public required IReadOnlyList<PSObject> Output { get; init; }

    /// <summary>The error stream: what the script went on after.</summary>
    public required IReadOnlyList<ErrorRecord> Errors { get; init; }

    public required IReadOnlyList<string> Warnings { get; init; }

    public required IReadOnlyList<string> Verbose { get; init; }

    public required IReadOnlyList<InformationRecord> Information { get; init; }

    public required IReadOnlyList<ProgressRecord> Progress { get; init; }

    /// <summary>What ended the script early; null when it came to its end.</summary>
    public Exception? Exception { get; init; }

    /// <summary>The script was stopped, as Ctrl+C does.</summary>
    public bool Stopped => Exception is PipelineStoppedException;

    /// <summary>The error that ended the script; null when it came to its end or was stopped.</summary>
    public ErrorRecord? TerminatingError => Stopped ? null : (Exception as IContainsErrorRecord)?.ErrorRecord;

    /// <summary>Every error: the stream's, and the one that ended the script.</summary>
    public IEnumerable<ErrorRecord> AllErrors => TerminatingError is { } last ? Errors.Append(last) : Errors;
}
