#Requires -Version 5.1

<#
    Should -HaveImapMessage, for Pester 5 and 6: asserts that a folder has messages, as Assert-ImapMessage does, and with all its criteria.
    Get-Help about_ImapPS_Pester tells how to use it.
#>

Set-StrictMode -Version 3.0

$operator = 'HaveImapMessage'
$minimumVersion = [version] '5.0'

# The folder is what is piped, and no message at all is Should -Not.
$unused = 'Folder', 'None'

# Names a parameter that there is not. PowerShell then gives it and what follows to -ActualValue, which does not get the piped folder any
# more. What was typed stands in the call stack, behind the frame of Should.
function Assert-Spelling {
    $frames = @(Get-PSCallStack)
    $caller = @($frames.Command).IndexOf('Should') + 1
    if ($caller -eq 0 -or $caller -ge $frames.Count) { return }

    $ast = [System.Management.Automation.Language.Parser]::ParseInput($frames[$caller].Position.Text, [ref] $null, [ref] $null)
    $isShould = { $args[0] -is [System.Management.Automation.Language.CommandAst] -and $args[0].GetCommandName() -eq 'Should' }
    $known = @($criteria) + 'Not', 'Because', 'ActualValue', $operator + [System.Management.Automation.Cmdlet]::CommonParameters
    $elements = $ast.FindAll($isShould, $true) | ForEach-Object CommandElements
    foreach ($given in $elements | Where-Object { $_.PSObject.Properties['ParameterName'] } | ForEach-Object ParameterName) {
        if (@($known) -like "$given*") { continue }

        $near = @($criteria) -like "$($given.Substring(0, [Math]::Min(3, $given.Length)))*"
        $meant = if ($near) { " You may have meant -$($near -join ' or -')." }
        throw "Should -$operator has no parameter -$given.$meant"
    }
}

# Says what Pester wants to know: whether the assertion holds, and if not, why. Any other error goes through, or it would pass for a -Not.
function Test-Assertion([System.Collections.IDictionary] $Bound) {
    $folder, $negate, $because = $Bound['ActualValue'], $Bound['Negate'], $Bound['Because']
    $parameters = @{} + $Bound
    'ActualValue', 'Negate', 'Because' | ForEach-Object { $parameters.Remove($_) }

    if ($null -eq $folder) {
        Assert-Spelling
        throw "Should -$operator takes a folder's path, or a folder object, from the pipeline; it got nothing."
    }

    if ($negate) {
        $number = 'Count', 'AtLeast', 'AtMost' | Where-Object { $parameters.ContainsKey($_) }
        if ($number) { throw "Should -Not -$operator means no message at all. Leave -$($number -join ' and -') out, or -Not." }
        $parameters.None = $true
    }

    try {
        $messages = ImapPS\Assert-ImapMessage -Folder $folder @parameters -ErrorAction Stop
    }
    catch {
        if ($_.FullyQualifiedErrorId -notlike 'AssertionFailed,*') { throw }

        $reason = if ($because) { "Because $($because -replace '^because\s+'): " }
        return [pscustomobject] @{ Succeeded = $false; FailureMessage = "$reason$_" }
    }

    $result = @{ Succeeded = $true; FailureMessage = '' }
    if ($messages) { $result.Data = $messages }
    [pscustomobject] $result
}

# Should has the parameters of this block, which are those of Assert-ImapMessage, whatever they are.
function New-Assertion {
    $metadata = [System.Management.Automation.CommandMetadata]::new((Get-Command ImapPS\Assert-ImapMessage))
    $script:criteria = @($metadata.Parameters.Keys) -notmatch "^($($unused -join '|'))$"
    $taken = $metadata.Parameters.Values |
        Where-Object Name -In $criteria |
        ForEach-Object { if ($_.SwitchParameter) { "[switch] `$$($_.Name)" } else { "`$$($_.Name)" } }
    $parameters = @('$ActualValue', '[switch] $Negate') + $taken + '$Because'
    $block = [scriptblock]::Create("param($($parameters -join ', ')) Test-Assertion `$PSBoundParameters")
    $ExecutionContext.SessionState.Module.NewBoundScriptBlock($block)
}

$pester = Get-Module Pester
if (-not $pester) {
    try {
        $pester = Import-Module Pester -MinimumVersion $minimumVersion -Global -PassThru -ErrorAction Stop
    }
    catch {
        throw "Should -$operator needs Pester 5, which is not installed: Install-Module Pester -Force -SkipPublisherCheck"
    }
}

$usable = @($pester | Where-Object Version -GE $minimumVersion)
if (-not $usable) {
    throw "Should -$operator needs Pester 5, but Pester $($pester.Version) is loaded. In a new session: Import-Module Pester -MinimumVersion $minimumVersion"
}

Import-Module "$PSScriptRoot/../ImapPS.psd1" -Global
& $usable[0].ExportedFunctions['Add-ShouldOperator'] -Name $operator -Test (New-Assertion) -InternalName Assert-ImapMessage
Export-ModuleMember
