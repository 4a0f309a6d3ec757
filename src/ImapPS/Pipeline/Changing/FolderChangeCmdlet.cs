using ImapPS.Pipeline.Base;

namespace ImapPS.Pipeline.Changing;

/// <summary>A cmdlet that changes folders themselves, and not their messages.</summary>
public abstract class FolderChangeCmdlet : FolderCmdlet
{
    private Consent? _consent;

    /// <summary>What the user agrees to.</summary>
    private protected Consent Consent => _consent ??= new Consent(this);

    private protected override bool KeepsUntold => true;
}
