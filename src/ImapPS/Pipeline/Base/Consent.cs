using System;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Host;
using ImapPS.Errors;
using ImapPS.Models;

namespace ImapPS.Pipeline.Base;

/// <summary>
/// What the user agrees to. What cannot be undone is of ConfirmImpact.High: it is asked about unless -Confirm:$false, -Force or
/// $ConfirmPreference says otherwise, as Remove-Item has it. ShouldProcess would ask so that Enter means Yes; here it means No.
/// A cmdlet that asks about a loss asks all its questions here: what ShouldProcess was told for all, nobody else hears of.
/// </summary>
internal sealed class Consent(ImapCmdlet cmdlet)
{
    private bool? _isSilent;
    private bool _yesToAll;
    private bool _yesToHarmless;
    private bool _noToAll;
    private bool _agreedToLoss;

    /// <summary>True with -WhatIf: what is only prepared for a change, such as a folder for it, must not be made either.</summary>
    public bool IsWhatIf => cmdlet.MyInvocation.BoundParameters.TryGetValue("WhatIf", out object? whatIf)
        ? whatIf is SwitchParameter { IsPresent: true }
        : LanguagePrimitives.IsTrue(cmdlet.GetVariableValue("WhatIfPreference"));

    /// <summary>
    /// True when ShouldProcess would agree without a word: then what it would say need not be put together, a thousand times over.
    /// PowerShell looks at the preferences once for each command as well.
    /// </summary>
    public bool IsSilent => _isSilent ??= !IsWhatIf && !IsAsked(ConfirmImpact.Medium) && !cmdlet.IsVerbose;

    /// <summary>True when what has this impact is asked about. An explicit -Confirm stands above -Force.</summary>
    public bool IsAsked(ConfirmImpact impact, bool force = false)
    {
        return cmdlet.MyInvocation.BoundParameters.TryGetValue("Confirm", out object? confirm)
            ? confirm is SwitchParameter { IsPresent: true }
            : !force
            && LanguagePrimitives.TryConvertTo(cmdlet.GetVariableValue("ConfirmPreference"), CultureInfo.InvariantCulture,
                out ConfirmImpact preference)
            && preference != ConfirmImpact.None
            && impact >= preference;
    }

    /// <summary>Consents to a loss, once it has been asked about where that is due. Where nobody can be asked, the cmdlet ends.</summary>
    /// <param name="target">What is lost.</param>
    /// <param name="action">What is done to it.</param>
    /// <param name="question">The question, which says how much is lost.</param>
    /// <param name="force">Whether -Force was given.</param>
    public bool AllowsLoss(string target, string action, string question, bool force)
    {
        if (IsWhatIf) return cmdlet.ShouldProcess(target, action);

        if (IsAsked(ConfirmImpact.High, force)) return AskAboutLoss(question);

        cmdlet.WriteVerbose($"Performing the operation \"{action}\" on target \"{target}\".");
        return true;
    }

    /// <summary>Consents to what loses nothing, once it has been asked about where that is due.</summary>
    /// <param name="description">What is done, in a sentence.</param>
    /// <param name="force">Whether -Force was given.</param>
    public bool Allows(string description, bool force)
    {
        if (IsWhatIf) return cmdlet.ShouldProcess(description, description, "Confirm", out _);

        if (IsAsked(ConfirmImpact.Medium, force)) return Ask(description, loses: false);

        cmdlet.WriteVerbose(description);
        return true;
    }

    /// <summary>Asks, with No as the answer that Enter gives. Where nobody can be asked, the error is ConfirmationRequired.</summary>
    public bool AskAboutLoss(string question) => Ask(question, loses: true);

    /// <summary>
    /// An answer for all holds for the rest of the call, whatever is asked. But Yes to All, said of what loses nothing, holds for a loss
    /// only where the user has agreed to one before: nobody agrees to what has not been told.
    /// </summary>
    private bool Ask(string question, bool loses)
    {
        if (_noToAll) return false;
        if (_yesToAll || (_yesToHarmless && !loses)) return true;

        bool yesToAll = false;
        bool isAllowed = ShouldContinue(question, loses, ref yesToAll, ref _noToAll);
        _agreedToLoss |= loses && isAllowed;
        _yesToAll = yesToAll && _agreedToLoss;
        _yesToHarmless |= yesToAll;
        return isAllowed;
    }

    private bool ShouldContinue(string question, bool loses, ref bool yesToAll, ref bool noToAll)
    {
        try
        {
            return cmdlet.ShouldContinue(DisplayText.PrintableLines(question), "Confirm", hasSecurityImpact: loses,
                ref yesToAll, ref noToAll);
        }
        catch (Exception nobody) when (nobody is PSInvalidOperationException or HostException or NotImplementedException)
        {
            cmdlet.ThrowTerminatingError(ErrorTable.ToRecord(Failures.ConfirmationRequired(question, nobody)));
            throw;
        }
    }
}
