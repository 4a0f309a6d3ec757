using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using ImapPS.Filters.Checking;
using ImapPS.Models;
using ImapPS.Search;

namespace ImapPS.Filters;

/// <summary>A script block that says which messages are wanted: what the server can be asked of it, and the block itself.</summary>
internal sealed class MessageFilter : IDisposable
{
    // Where-Object itself runs the block, so that $_, scopes, errors, break and strict mode are its own.
    private const string Script = "param($filter, $keep, $kept) Microsoft.PowerShell.Core\\Where-Object -FilterScript "
        + "$filter | & $keep -Kept $kept";

    private readonly ScriptBlock _block;
    private readonly EngineIntrinsics _engine;
    private readonly Queue<ImapMessage> _kept = new();
    private SteppablePipeline? _pipeline;

    private MessageFilter(ScriptBlock block, CompiledFilter compiled, EngineIntrinsics engine)
    {
        _block = block;
        _engine = engine;
        SearchTerm = compiled.SearchTerm;
        ComparedLocally = compiled.ComparedLocally;
    }

    /// <summary>What the server can be asked: it holds for every message for which the block does.</summary>
    public SearchTerm SearchTerm { get; }

    /// <summary>The parts of the block that the server cannot be asked about, as they are written there.</summary>
    public IReadOnlyList<string> ComparedLocally { get; }

    /// <summary>Reads a block, and evaluates once what it takes from the caller's scope. On the pipeline thread.</summary>
    /// <param name="block">The block.</param>
    /// <param name="cmdlet">Who was given it.</param>
    /// <param name="absent">Properties that messages have but that are not fetched this time, each with what to do about it.</param>
    public static MessageFilter Compile(ScriptBlock block, PSCmdlet cmdlet, IReadOnlyDictionary<string, string> absent)
    {
        ICallerValues caller = CallerScope.Of(block, cmdlet);
        FilterCheck.Check(block, caller, absent);
        return new(block, FilterCompiler.Compile(block, caller),
            (EngineIntrinsics)cmdlet.SessionState.PSVariable.GetValue("ExecutionContext"));
    }

    /// <summary>The properties of messages that are fetched only where somebody asks for them, each with what to do about it.</summary>
    public static Dictionary<string, string> NotFetched(string remedy) =>
        new[] { nameof(ImapMessage.Preview), nameof(ImapMessage.Body), nameof(ImapMessage.Headers), nameof(ImapMessage.Thread),
                nameof(ImapMessage.ThreadDepth) }
            .ToDictionary(name => name, _ => remedy, StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// The messages for which the block holds. On the pipeline thread, in the cmdlet that is running; one message at a time, so that what
    /// was found before the block throws has been found.
    /// </summary>
    public IEnumerable<ImapMessage> Where(IEnumerable<ImapMessage> messages)
    {
        if (_pipeline is null)
        {
            var keep = new CmdletInfo("Keep-ImapMessage", typeof(KeepMessageCommand));
            _pipeline = ScriptBlock.Create(Script).GetSteppablePipeline(CommandOrigin.Internal, [_block, keep, _kept]);
            _pipeline.Begin(expectInput: true, _engine);
        }

        foreach (ImapMessage message in messages)
        {
            _pipeline.Process(message);
            while (_kept.Count > 0) yield return _kept.Dequeue();
        }
    }

    public void Dispose() => _pipeline?.Dispose();
}
