namespace ImapPS.Pipeline.Base;

/// <summary>A cmdlet that asks for consent, to a change of messages or of files.</summary>
public abstract partial class ConsentCmdlet : SessionCmdlet
{
    private Consent? _consent;

    /// <summary>What the user agrees to.</summary>
    private protected Consent Consent => _consent ??= new Consent(this);
}
