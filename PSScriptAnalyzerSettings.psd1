# For build.ps1 -Task Analyze, and for editors.
@{
    Severity     = @('Error', 'Warning', 'Information')
    ExcludeRules = @(
        # The scripts of tests and examples make passwords of disposable servers out of text.
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        'PSAvoidUsingPlainTextForPassword'
        # Functions of the build, and of tests, are nobody's to call with -WhatIf.
        'PSUseShouldProcessForStateChangingFunctions'
        # The first arguments of this module's cmdlets are made to be given by their place: Move-ImapMessage Archive.
        'PSAvoidUsingPositionalParameters'
        # Pester's blocks set variables for other blocks, which this rule does not see.
        'PSUseDeclaredVarsMoreThanAssignments'
        # Files are UTF-8 without a mark, as everywhere; tests hold that what Windows PowerShell reads is ASCII.
        'PSUseBOMForUnicodeEncodedFile'
    )
    Rules        = @{
        PSUseConsistentIndentation = @{ Enable = $false }
        PSAvoidExclaimOperator     = @{ Enable = $true }
    }
}
