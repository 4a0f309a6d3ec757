# Tab inside the block of -Filter. PowerShell does not know what $_ is there, and asks no completer for it, so this stands before
# TabExpansion2. A module that changes Tab for the whole console does so only when it is asked to: that is why this is a module of its own.
Set-StrictMode -Version Latest

$ignoringCase = [System.Reflection.BindingFlags] 'IgnoreCase, Public, Instance'
$before = (Get-Item Function:\TabExpansion2).ScriptBlock

# The offset of the $_ whose member stands before the cursor, if its block is that of -Filter of a cmdlet of ImapPS; otherwise -1.
function Find-FilterItem([string] $Text) {
    $tokens = $errors = $null
    $null = [System.Management.Automation.Language.Parser]::ParseInput($Text, [ref] $tokens, [ref] $errors)
    $item = -1
    $depth = 0
    for ($i = $tokens.Count - 1; $i -ge 1; $i--) {
        $kind = $tokens[$i].Kind
        if ($kind -in 'RCurly', 'RParen') { $depth++ }
        elseif ($kind -in 'LParen', 'DollarParen', 'AtParen', 'AtCurly') { $depth-- }
        elseif ($kind -eq 'LCurly' -and $depth -gt 0) { $depth-- }
        elseif ($kind -eq 'LCurly') { break }
        elseif ($item -lt 0 -and $kind -eq 'Variable') {
            if ($tokens[$i].Name -notin '_', 'PSItem') { return -1 }
            $item = $tokens[$i].Extent.StartOffset
        }
        elseif ($item -lt 0 -and $kind -notin 'Dot', 'Identifier', 'LBracket', 'RBracket', 'Number', 'EndOfInput' -and
            -not $tokens[$i].TokenFlags.HasFlag([System.Management.Automation.Language.TokenFlags]::MemberName)) {
            return -1
        }
    }

    if ($item -lt 0 -or $i -lt 1 -or $tokens[$i - 1].Kind -ne 'Parameter' -or
        -not 'Filter'.StartsWith($tokens[$i - 1].ParameterName, 'OrdinalIgnoreCase')) {
        return -1
    }

    for ($i -= 2; $i -ge 0; $i--) {
        if ($tokens[$i].TokenFlags.HasFlag([System.Management.Automation.Language.TokenFlags]::CommandName)) {
            $command = Get-Command $tokens[$i].Text -CommandType Cmdlet, Alias -ErrorAction Ignore
            while ($command -is [System.Management.Automation.AliasInfo]) { $command = $command.ResolvedCommand }
            if ($command -and $command.ModuleName -eq 'ImapPS') { return $item }
            return -1
        }
    }

    -1
}

# What to complete instead of $_ and the members behind it: something whose type PowerShell knows. It does not look into a Nullable.
function Get-Typed([string] $Members) {
    if ($Members -match '^\.(\w+)(\..*)$' -and ($property = [ImapPS.Models.ImapMessage].GetProperty($Matches[1], $ignoringCase))) {
        $type = [Nullable]::GetUnderlyingType($property.PropertyType)
        if ($type) { return "([$type]`$null)" + $Matches[2] }
    }

    '([ImapPS.Models.ImapMessage]$null)' + $Members
}

function global:TabExpansion2 {
    [CmdletBinding(DefaultParameterSetName = 'ScriptInputSet')]
    [OutputType([System.Management.Automation.CommandCompletion])]
    param(
        [Parameter(ParameterSetName = 'ScriptInputSet', Mandatory, Position = 0)]
        [AllowEmptyString()]
        [string] $inputScript,

        [Parameter(ParameterSetName = 'ScriptInputSet', Position = 1)]
        [int] $cursorColumn = $inputScript.Length,

        [Parameter(ParameterSetName = 'AstInputSet', Mandatory, Position = 0)]
        [System.Management.Automation.Language.Ast] $ast,

        [Parameter(ParameterSetName = 'AstInputSet', Mandatory, Position = 1)]
        [System.Management.Automation.Language.Token[]] $tokens,

        [Parameter(ParameterSetName = 'AstInputSet', Mandatory, Position = 2)]
        [System.Management.Automation.Language.IScriptPosition] $positionOfCursor,

        [Parameter(ParameterSetName = 'ScriptInputSet', Position = 2)]
        [Parameter(ParameterSetName = 'AstInputSet', Position = 3)]
        [hashtable] $options = $null
    )

    end {
        $text = if ($ast) { $ast.Extent.Text } else { $inputScript }
        $cursor = if ($ast) { $positionOfCursor.Offset - $ast.Extent.StartOffset } else { $cursorColumn }
        $text = $text.Substring(0, [Math]::Min($cursor, $text.Length))
        $item = if ($text -match '-f\w*[\s:]*\{' -and $text.Contains('.')) { Find-FilterItem $text } else { -1 }
        if ($item -lt 0) { return & $before @PSBoundParameters }

        $asked = Get-Typed ($text.Substring($item) -replace '^\$(_|PSItem)')
        $found = & $before $asked $asked.Length $options
        if (@($found.CompletionMatches).Count -eq 0) { return & $before @PSBoundParameters }
        $found.ReplacementIndex += $text.Length - $asked.Length
        $found
    }
}

$ExecutionContext.SessionState.Module.OnRemove = { Set-Item Function:\global:TabExpansion2 $before }
Export-ModuleMember
