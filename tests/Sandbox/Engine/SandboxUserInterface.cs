using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace ImapPS.Sandbox;

/// <summary>What scripts print, written to two writers, and what they ask.</summary>
internal sealed class SandboxUserInterface(EngineOptions options, SandboxPrompts prompts) : PSHostUserInterface
{
    public TextWriter Output { get; set; } = TextWriter.Null;

    public TextWriter Error { get; set; } = TextWriter.Null;

    public override PSHostRawUserInterface RawUI { get; } = new SandboxRawUserInterface(options.Width);

    public override bool SupportsVirtualTerminal => options.Ansi;

    public override void Write(string value) => Output.Write(Dress(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Output.Write(Dress(value));

    public override void WriteLine(string value) => Output.WriteLine(Dress(value));

    public override void WriteErrorLine(string value) => Error.WriteLine(Dress(value));

    public override void WriteWarningLine(string message) => Output.WriteLine($"WARNING: {message}");

    public override void WriteVerboseLine(string message) => Output.WriteLine($"VERBOSE: {message}");

    public override void WriteDebugLine(string message) => Output.WriteLine($"DEBUG: {message}");

    // The console draws its progress over the lines that it has; it is none of them.
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RequireInteractive();
        return prompts.Choose(caption, message, choices, defaultChoice);
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options)
    {
        RequireInteractive();
        return prompts.Ask<PSCredential>(PromptKind.Credential, caption, $"{message} {userName}".Trim(), targetName ?? "")!;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RequireInteractive();
        var answers = new Dictionary<string, PSObject>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in descriptions)
        {
            answers[field.Name] = PSObject.AsPSObject(prompts.Ask<object>(PromptKind.Field, caption, field.Name)!);
        }

        return answers;
    }

    public override string ReadLine()
    {
        RequireInteractive();
        return prompts.Ask<string>(PromptKind.Line, "", "")!;
    }

    public override SecureString ReadLineAsSecureString()
    {
        RequireInteractive();
        return prompts.Ask<SecureString>(PromptKind.Line, "", "")!;
    }

    // The formatter leaves it to the host to take its styles out. Only they go: an escape sequence out of a message must show.
    private string Dress(string text)
    {
        if (options.Ansi || !text.Contains('\e', StringComparison.Ordinal)) return text;
        var style = PSStyle.Instance;
        string[] styles = [style.Reset, style.Formatting.TableHeader, style.Formatting.CustomTableHeaderLabel,
            style.Formatting.FormatAccent];
        return styles.Where(sequence => sequence.Length > 0)
            .Aggregate(text, (plain, sequence) => plain.Replace(sequence, "", StringComparison.Ordinal));
    }

    private void RequireInteractive()
    {
        if (!options.NonInteractive) return;
        throw new PSInvalidOperationException("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available.");
    }
}
