using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;

namespace ImapPS.Sandbox;

/// <summary>A question that PowerShell asked its host.</summary>
public sealed record SandboxPrompt(PromptKind Kind, string Caption, string Message, IReadOnlyList<string> Choices)
{
    /// <summary>The choice that Enter makes; null where there is none.</summary>
    public string? Default { get; init; }

    /// <summary>What a credential is for: a console makes it part of the user name.</summary>
    public string TargetName { get; init; } = "";
}

public enum PromptKind
{
    Choice,
    Credential,
    Field,
    Line,
}

/// <summary>The answers that a script's questions get, in order, and the questions that it asked.</summary>
public sealed class SandboxPrompts
{
    private readonly ConcurrentQueue<object?> _answers = new();
    private readonly ConcurrentQueue<SandboxPrompt> _asked = new();

    /// <summary>Called while a question is open, on the pipeline's thread.</summary>
    public Action? Asks { get; set; }

    /// <summary>The questions so far.</summary>
    public IReadOnlyList<SandboxPrompt> Asked => [.. _asked];

    /// <summary>
    /// Answers the next question: a choice's label without its ampersand ("Yes") or its index, "" for Enter, a PSCredential, a value for a
    /// field or a line.
    /// </summary>
    public void Answer(params object?[] answers)
    {
        foreach (var answer in answers) _answers.Enqueue(answer);
    }

    internal int Choose(string caption, string message, IReadOnlyList<ChoiceDescription> choices, int defaultChoice)
    {
        var labels = choices.Select(choice => choice.Label.Replace("&", "", StringComparison.Ordinal)).ToList();
        var prompt = new SandboxPrompt(PromptKind.Choice, caption, message, labels)
        {
            Default = labels.ElementAtOrDefault(defaultChoice),
        };
        return Ask(prompt) switch
        {
            "" => defaultChoice,
            int index => index,
            string label when labels.FindIndex(known => known.Equals(label, StringComparison.OrdinalIgnoreCase))
                is var index and >= 0 => index,
            var answer => throw new InvalidOperationException($"'{answer}' is none of {string.Join(", ", labels)}."),
        };
    }

    internal T? Ask<T>(PromptKind kind, string caption, string message, string targetName = "") =>
        LanguagePrimitives.ConvertTo<T>(Ask(new SandboxPrompt(kind, caption, message, []) { TargetName = targetName }));

    private object? Ask(SandboxPrompt prompt)
    {
        _asked.Enqueue(prompt);
        Asks?.Invoke();
        return _answers.TryDequeue(out var answer)
            ? answer
            : throw new InvalidOperationException($"The sandbox has no answer to: {prompt.Caption} {prompt.Message}".TrimEnd());
    }
}
