# For what Windows PowerShell 5.1 reads, too: as PSScriptAnalyzerSettings.psd1, and syntax of both.
@{
    Severity     = @('Error', 'Warning', 'Information')
    ExcludeRules = @(
        'PSAvoidUsingConvertToSecureStringWithPlainText'
        'PSUseShouldProcessForStateChangingFunctions'
        'PSAvoidUsingPositionalParameters'
        'PSUseDeclaredVarsMoreThanAssignments'
        # The completion of -Filter stands before TabExpansion2 for as long as the module is loaded.
        'PSAvoidGlobalFunctions'
        'PSAvoidOverwritingBuiltInCmdlets'
    )
    Rules        = @{
        PSAvoidExclaimOperator = @{ Enable = $true }
        PSUseCompatibleSyntax  = @{ Enable = $true; TargetVersions = @('5.1', '7.4') }
    }
}
