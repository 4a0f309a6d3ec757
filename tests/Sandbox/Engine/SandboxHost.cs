using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace ImapPS.Sandbox;

/// <summary>A host that pretends to be a console.</summary>
internal sealed class SandboxHost(EngineOptions options, SandboxUserInterface userInterface) : PSHost
{
    /// <summary>What the script gave to exit; null as long as it did not.</summary>
    public int? ExitCode { get; private set; }

    public override CultureInfo CurrentCulture => options.Culture;

    public override CultureInfo CurrentUICulture => options.Culture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "ImapPS sandbox";

    public override Version Version { get; } = typeof(SandboxHost).Assembly.GetName().Version!;

    public override PSHostUserInterface UI => userInterface;

    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    public override void EnterNestedPrompt() => throw new NotSupportedException("The sandbox has no nested prompt.");

    public override void ExitNestedPrompt() => throw new NotSupportedException("The sandbox has no nested prompt.");

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }
}
